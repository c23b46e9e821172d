using System.Buffers.Binary;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging;

/// <summary>How large the tiles of a TIFF file are, by its first directory (TIFF 6.0, section 15; BigTIFF): libvips does not tell.</summary>
internal static class TiffTiles
{
    private const int WidthTag = 322;
    private const int LengthTag = 323;
    private const int MaxEntries = 4096;

    /// <summary>The size of a tile; null for a file in strips, and for one that is not understood.</summary>
    internal static PixelSize? Of(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Of(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static PixelSize? Of(Stream file)
    {
        Span<byte> header = stackalloc byte[16];
        file.ReadExactly(header);
        var order = header[0] == (byte)'M';
        var big = Number(header[2..4], order) == 43;
        var at = big ? Number(header[8..16], order) : Number(header[4..8], order);
        var (countBytes, entryBytes, inline) = big ? (8, 20, 12) : (2, 12, 8);
        if (at > (ulong)file.Length) return null;

        file.Position = (long)at;
        Span<byte> count = stackalloc byte[countBytes];
        file.ReadExactly(count);
        var entries = Number(count, order);
        if (entries > MaxEntries) return null;
        var directory = new byte[(int)entries * entryBytes];
        file.ReadExactly(directory);

        ulong width = 0, length = 0;
        for (var start = 0; start < directory.Length; start += entryBytes)
        {
            var entry = directory.AsSpan(start, entryBytes);
            var bytes = Number(entry[2..4], order) switch { 3 => 2, 4 => 4, 16 when big => 8, _ => 0 };
            var tag = Number(entry[..2], order);
            if (tag == WidthTag) width = Number(entry.Slice(inline, bytes), order);
            if (tag == LengthTag) length = Number(entry.Slice(inline, bytes), order);
        }
        return width is > 0 and <= int.MaxValue && length is > 0 and <= int.MaxValue ? new PixelSize((int)width, (int)length) : null;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, bool bigEndian) => bytes.Length switch
    {
        2 => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        8 => bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        _ => 0,
    };
}
