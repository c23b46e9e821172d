using System.Buffers.Binary;
using System.IO.Compression;

namespace DistributedMatting.Imaging.Tests.Making;

/// <summary>How a TIFF file is laid out.</summary>
internal sealed record TiffLayout(
    int Bits = 8,
    bool Float = false,
    bool BigTiff = false,
    bool BigEndian = false,
    int Tile = 0,
    int RowsPerStrip = 7,
    bool Deflate = false,
    int Orientation = 1,
    int? Photometric = null,
    int? ExtraSample = null,
    byte[]? Icc = null);

/// <summary>TIFF 6.0 and BigTIFF files byte by byte; shares no code with what is tested.</summary>
internal static class TiffMaker
{
    internal static byte[] Make(Raster raster, TiffLayout layout)
    {
        using var file = new MemoryStream();
        file.Write(new byte[layout.BigTiff ? 16 : 8]);
        var (offsets, counts) = WriteBlocks(file, raster, layout);
        var extra = raster.Bands is 2 or 4 && layout.Photometric != 5;
        var tags = new SortedDictionary<int, (int Type, long[] Values)>
        {
            [256] = (4, [raster.Width]),
            [257] = (4, [raster.Height]),
            [258] = (3, [.. Enumerable.Repeat((long)layout.Bits, raster.Bands)]),
            [259] = (3, [layout.Deflate ? 8 : 1]),
            [262] = (3, [layout.Photometric ?? (raster.Bands < 3 ? 1 : 2)]),
            [274] = (3, [layout.Orientation]),
            [277] = (3, [raster.Bands]),
            [339] = (3, [.. Enumerable.Repeat(layout.Float ? 3L : 1L, raster.Bands)]),
        };
        if (extra)
            tags[338] = (3, [layout.ExtraSample ?? 2]);
        if (layout.Icc != null)
            tags[34675] = (7, [.. layout.Icc.Select(b => (long)b)]);
        if (layout.Tile > 0)
        {
            (tags[322], tags[323]) = ((3, [layout.Tile]), (3, [layout.Tile]));
            (tags[324], tags[325]) = ((layout.BigTiff ? 16 : 4, offsets), (4, counts));
        }
        else
        {
            (tags[273], tags[279]) = ((layout.BigTiff ? 16 : 4, offsets), (4, counts));
            tags[278] = (4, [layout.RowsPerStrip]);
        }

        WriteDirectory(file, tags, layout);
        return file.ToArray();
    }

    private static (long[] Offsets, long[] Counts) WriteBlocks(MemoryStream file, Raster raster, TiffLayout layout)
    {
        List<long> offsets = [], counts = [];
        var (width, height) = layout.Tile > 0 ? (layout.Tile, layout.Tile) : (raster.Width, layout.RowsPerStrip);
        for (var top = 0; top < raster.Height; top += height)
            for (var left = 0; left < raster.Width; left += width)
            {
                using var block = new MemoryStream();
                var rows = layout.Tile > 0 ? height : Math.Min(height, raster.Height - top);
                for (var y = top; y < top + rows; y++)
                    for (var x = left; x < left + width; x++)
                        for (var band = 0; band < raster.Bands; band++)
                            Sample(block, x < raster.Width && y < raster.Height ? raster.At(x, y, band) : 0, layout);
                var bytes = block.ToArray();
                if (layout.Deflate)
                {
                    using var to = new MemoryStream();
                    using (var zlib = new ZLibStream(to, CompressionLevel.Fastest))
                        zlib.Write(bytes);
                    bytes = to.ToArray();
                }

                offsets.Add(file.Position);
                counts.Add(bytes.Length);
                file.Write(bytes);
            }

        return ([.. offsets], [.. counts]);
    }

    private static void Sample(Stream to, double value, TiffLayout layout)
    {
        if (layout.Float)
            Word(to, BitConverter.SingleToUInt32Bits((float)value), 4, layout);
        else
            Word(to, (ulong)value, layout.Bits / 8, layout);
    }

    private static void WriteDirectory(MemoryStream file, SortedDictionary<int, (int Type, long[] Values)> tags, TiffLayout layout)
    {
        var (wide, inline) = layout.BigTiff ? (8, 8) : (4, 4);
        var entries = new List<byte[]>();
        foreach (var (tag, (type, values)) in tags)
        {
            var size = type switch { 3 => 2, 4 => 4, 16 => 8, _ => 1 };
            using var data = new MemoryStream();
            foreach (var value in values)
                Word(data, (ulong)value, size, layout);
            using var entry = new MemoryStream();
            Word(entry, (ulong)tag, 2, layout);
            Word(entry, (ulong)type, 2, layout);
            Word(entry, (ulong)values.Length, wide, layout);
            if (data.Length <= inline)
            {
                entry.Write(data.ToArray());
                entry.Write(new byte[inline - data.Length]);
            }
            else
            {
                file.Position = (file.Length + 1) / 2 * 2;
                Word(entry, (ulong)file.Position, wide, layout);
                file.Write(data.ToArray());
            }

            entries.Add(entry.ToArray());
        }

        file.Position = (file.Length + 1) / 2 * 2;
        var at = file.Position;
        Word(file, (ulong)entries.Count, layout.BigTiff ? 8 : 2, layout);
        entries.ForEach(e => file.Write(e));
        Word(file, 0, wide, layout);

        file.Position = 0;
        file.Write(layout.BigEndian ? "MM"u8 : "II"u8);
        Word(file, layout.BigTiff ? 43u : 42u, 2, layout);
        if (layout.BigTiff)
            Word(file, layout.BigEndian ? 8u << 16 : 8u, 4, layout);
        Word(file, (ulong)at, wide, layout);
    }

    private static void Word(Stream to, ulong value, int bytes, TiffLayout layout)
    {
        Span<byte> word = stackalloc byte[8];
        if (layout.BigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(word, value);
            to.Write(word[(8 - bytes)..]);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, value);
            to.Write(word[..bytes]);
        }
    }
}
