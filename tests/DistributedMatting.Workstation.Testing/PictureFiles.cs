using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Testing;

/// <summary>Pictures on disk whose every pixel says where it is.</summary>
public static class PictureFiles
{
    /// <summary>Red rises to the right, green downwards, blue is constant.</summary>
    public static void WriteRamp(string path, PixelSize size, int bits = 8)
    {
        using var file = RgbFile.Create(path, size, bits, force: true);
        var row = new ushort[3 * size.Width];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
                (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = ((ushort)(65535L * x / size.Width), (ushort)(65535L * y / size.Height), 20000);
            file.WriteRows(row.AsSpan());
        }

        file.Complete();
    }

    /// <summary>0 to 1, by the pixel.</summary>
    public static void WriteGrey(string path, PixelSize size, Func<int, int, float> value, int bits = 16)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var file = AlphaFile.Create(path, size, new AlphaFormat(bits), force: true);
        var row = new float[size.Width];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < row.Length; x++) row[x] = value(x, y);
            file.WriteRows(row);
        }

        file.Complete();
    }
}
