using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging;

/// <summary>A small colour picture in memory, 8 bits, for contact sheets.</summary>
/// <param name="Size">Width and height.</param>
/// <param name="Rgb"><c>Height × Width × 3</c> samples, row by row, R G B interleaved.</param>
public sealed record Picture(PixelSize Size, byte[] Rgb)
{
    /// <summary>A picture of one colour.</summary>
    public static Picture Filled(PixelSize size, byte red, byte green, byte blue)
    {
        var rgb = new byte[size.Pixels * 3];
        for (var i = 0; i < rgb.Length; i += 3)
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (red, green, blue);
        return new Picture(size, rgb);
    }

    /// <summary>A grey picture of values 0 to 1, as of an alpha matte.</summary>
    public static Picture OfGrey(PixelSize size, ReadOnlySpan<float> grey)
    {
        var rgb = new byte[size.Pixels * 3];
        for (var i = 0; i < size.Pixels; i++)
            rgb.AsSpan(3 * i, 3).Fill((byte)((Math.Clamp(grey[i], 0f, 1f) * 255f) + 0.5f));
        return new Picture(size, rgb);
    }

    /// <summary>Copies another picture onto this one; what would lie outside is left out.</summary>
    public void Draw(Picture other, int left, int top)
    {
        for (var y = Math.Max(0, -top); y < other.Size.Height && top + y < Size.Height; y++)
        {
            var from = Math.Max(0, -left);
            var count = Math.Min(other.Size.Width, Size.Width - left) - from;
            if (count > 0)
                other.Rgb.AsSpan(((y * other.Size.Width) + from) * 3, count * 3).CopyTo(Rgb.AsSpan((((top + y) * Size.Width) + left + from) * 3));
        }
    }

    /// <summary>Writes the picture, in the format that the name ends in.</summary>
    public void Save(string path, bool force = false)
    {
        using var file = RgbFile.Create(path, Size, 8, force: force);
        file.WriteRows(Rgb.AsSpan());
        file.Complete();
    }
}
