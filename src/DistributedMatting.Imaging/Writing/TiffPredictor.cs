using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DistributedMatting.Imaging;

/// <summary>Predictors 2 (TIFF 6.0, section 14) and 3 (Adobe Photoshop TIFF Technical Note 3), in place, a row at a time.</summary>
internal static class TiffPredictor
{
    internal static void Apply(Span<byte> row, int bits, int bands)
    {
        switch (bits)
        {
            case 8:
                Differences(row, bands);
                break;
            case 16:
                var words = MemoryMarshal.Cast<byte, ushort>(row);
                for (var i = words.Length - 1; i >= bands; i--)
                    words[i] -= words[i - bands];
                break;
            default:
                SplitBytes(row);
                Differences(row, bands);
                break;
        }
    }

    private static void Differences(Span<byte> row, int bands)
    {
        for (var i = row.Length - 1; i >= bands; i--)
            row[i] -= row[i - bands];
    }

    /// <summary>All most significant bytes first, then all the next ones: exponents stand together.</summary>
    private static void SplitBytes(Span<byte> row)
    {
        Span<byte> copy = row.Length <= 4096 ? stackalloc byte[row.Length] : new byte[row.Length];
        row.CopyTo(copy);
        var samples = row.Length / 4;
        for (var i = 0; i < samples; i++)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(copy[(4 * i)..]);
            row[i] = (byte)(word >> 24);
            row[samples + i] = (byte)(word >> 16);
            row[(2 * samples) + i] = (byte)(word >> 8);
            row[(3 * samples) + i] = (byte)word;
        }
    }
}
