using System.Runtime.InteropServices;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Cli.Tests;

/// <summary>RGB of 32-bit floats, uncompressed, in one strip: what no writer of ours makes, for it would clamp.</summary>
internal static class FloatTiff
{
    private const int Header = 8;

    /// <param name="path">Where to.</param>
    /// <param name="size">Of the picture.</param>
    /// <param name="rgb">Interleaved samples; any float.</param>
    public static void Write(string path, PixelSize size, float[] rgb)
    {
        using var file = new BinaryWriter(File.Create(path));
        var pixels = 4 * rgb.Length;
        var triples = Header + pixels;
        file.Write("II*\0"u8);
        file.Write(triples + 12);
        file.Write(MemoryMarshal.AsBytes(rgb.AsSpan()));
        for (var i = 0; i < 3; i++) file.Write((short)32);
        for (var i = 0; i < 3; i++) file.Write((short)3);
        (short Tag, short Type, int Count, int Value)[] entries =
        [
            (256, 4, 1, size.Width), (257, 4, 1, size.Height), (258, 3, 3, triples), (259, 3, 1, 1), (262, 3, 1, 2), (273, 4, 1, Header),
            (277, 3, 1, 3), (278, 4, 1, size.Height), (279, 4, 1, pixels), (284, 3, 1, 1), (339, 3, 3, triples + 6),
        ];
        file.Write((short)entries.Length);
        foreach (var (tag, type, count, value) in entries)
        {
            file.Write(tag);
            file.Write(type);
            file.Write(count);
            file.Write(value);
        }

        file.Write(0);
    }
}
