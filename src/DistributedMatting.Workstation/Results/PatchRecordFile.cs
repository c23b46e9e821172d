using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Storage;

namespace DistributedMatting.Workstation.Results;

/// <summary>
/// A patch record on disk, little-endian: format, width, height, side, margin, a byte a patch, number of queries;
/// for each its patch, its number of contexts, and their patches and scores; a checksum of it all. A gigapixel plate
/// has some 12,000 patches, half a megabyte.
/// </summary>
public static class PatchRecordFile
{
    private const uint Format = 0x32504d44; // "DMP2"

    // Kept the softmax of Eq. 2 in place of the scores: 1, 0, 0 whatever they were.
    private const uint FormatOfShares = 0x31504d44; // "DMP1"
    private const long MostBytes = 1L << 30;

    /// <summary>Written beside, then renamed.</summary>
    public static void Save(string path, PatchRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        var grid = record.Grid;
        writer.Write(Format);
        foreach (var number in (int[])[grid.Size.Width, grid.Size.Height, grid.Side, grid.Margin]) writer.Write(number);
        foreach (var state in record.States()) writer.Write((byte)state);
        var queries = record.Contexts();
        writer.Write(queries.Length);
        foreach (var query in queries)
        {
            writer.Write(query.QueryPatch);
            writer.Write(query.Patches.Count);
            for (var i = 0; i < query.Patches.Count; i++)
            {
                writer.Write(query.Patches[i]);
                writer.Write(query.Scores[i]);
            }
        }

        writer.Write(Checksum.Of(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        var beside = path + ".new";
        using (var file = File.Create(beside)) memory.WriteTo(file);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The record, or null where there is none that can be read.</summary>
    public static PatchRecord? Load(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length is < 24 or > MostBytes) return null;
        var bytes = File.ReadAllBytes(path);
        var body = bytes.AsSpan(0, bytes.Length - sizeof(uint));
        if (Checksum.Of(body) != BitConverter.ToUInt32(bytes, body.Length)) return null;

        using var reader = new BinaryReader(new MemoryStream(bytes, 0, body.Length));
        var format = reader.ReadUInt32();
        if (format is not (Format or FormatOfShares)) return null;
        var size = new PixelSize(reader.ReadInt32(), reader.ReadInt32());
        var grid = new PatchGrid(size, reader.ReadInt32(), reader.ReadInt32());
        var states = new PatchState[grid.Count];
        for (var i = 0; i < states.Length; i++) states[i] = (PatchState)reader.ReadByte();
        var queries = new RankedContexts[reader.ReadInt32()];
        for (var i = 0; i < queries.Length; i++) queries[i] = Query(reader, format == Format);
        return new PatchRecord(grid, states, queries);
    }

    private static RankedContexts Query(BinaryReader reader, bool hasScores)
    {
        var patch = reader.ReadInt32();
        var (patches, scores) = (new int[reader.ReadInt32()], new List<double>());
        for (var i = 0; i < patches.Length; i++)
        {
            patches[i] = reader.ReadInt32();
            var score = reader.ReadDouble();
            scores.Add(hasScores ? score : double.NaN);
        }

        return new RankedContexts(patch, patches, scores);
    }
}
