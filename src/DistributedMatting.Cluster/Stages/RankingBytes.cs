using System.Runtime.InteropServices;
using DistributedMatting.Core.Context;

namespace DistributedMatting.Cluster.Stages;

/// <summary>A ranking as bytes: for each query its patch, how many contexts, and which; little-endian int32.</summary>
internal static class RankingBytes
{
    public static byte[] Write(ContextRanking ranking)
    {
        var values = new List<int>();
        foreach (var query in ranking.Queries)
        {
            values.Add(query.QueryPatch);
            values.Add(query.Patches.Count);
            values.AddRange(query.Patches);
        }
        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray();
    }

    /// <summary>The contexts of each query.</summary>
    public static Dictionary<int, int[]> Read(ReadOnlyMemory<byte> bytes)
    {
        var values = MemoryMarshal.Cast<byte, int>(bytes.Span);
        var contexts = new Dictionary<int, int[]>();
        while (values.Length > 1)
        {
            var count = values[1];
            contexts.Add(values[0], values.Slice(2, count).ToArray());
            values = values[(2 + count)..];
        }
        return contexts;
    }
}
