using System.Buffers.Binary;
using DistributedMatting.Core.Context;

namespace DistributedMatting.Cluster.Stages;

/// <summary>
/// A ranking as bytes, little-endian: a mark; for each query its patch, how many contexts, which, and their scores as
/// doubles. A ranking of an older silo has no mark, and no scores.
/// </summary>
internal static class RankingBytes
{
    // No patch has this number.
    private const int Mark = -2;

    public static byte[] Write(ContextRanking ranking)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Mark);
        foreach (var query in ranking.Queries)
        {
            writer.Write(query.QueryPatch);
            writer.Write(query.Patches.Count);
            foreach (var patch in query.Patches) writer.Write(patch);
            foreach (var score in query.Scores) writer.Write(score);
        }
        return memory.ToArray();
    }

    /// <summary>What each query draws on; scores are NaN where an older silo did not keep them.</summary>
    public static IReadOnlyList<RankedContexts> Read(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var ranked = new List<RankedContexts>();
        var hasScores = bytes.Length > 0 && BinaryPrimitives.ReadInt32LittleEndian(bytes.Span) == Mark;
        if (hasScores) reader.ReadInt32();
        while (reader.BaseStream.Position < bytes.Length)
        {
            var (query, patches) = (reader.ReadInt32(), new int[reader.ReadInt32()]);
            for (var i = 0; i < patches.Length; i++) patches[i] = reader.ReadInt32();
            var scores = new double[patches.Length];
            for (var i = 0; i < scores.Length; i++) scores[i] = hasScores ? reader.ReadDouble() : double.NaN;
            ranked.Add(new RankedContexts(query, patches, scores));
        }
        return ranked;
    }
}
