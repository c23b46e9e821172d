using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging;

/// <summary>A small 8-bit picture in memory, grey or RGB.</summary>
/// <param name="Size">Width and height.</param>
/// <param name="Bands">1 or 3.</param>
/// <param name="Bytes"><c>Height × Width × Bands</c> samples, row by row, interleaved.</param>
public sealed record Pixels(PixelSize Size, int Bands, byte[] Bytes)
{
    /// <summary>
    /// This picture over something else. What alpha says is taken as it is; the picture's own colours still hold
    /// the old background where alpha is not 1.
    /// </summary>
    /// <param name="alpha">Grey, of the same size.</param>
    /// <param name="backdrop">The colour under a pixel of the result, as 24 bits, red first.</param>
    public Pixels Over(Pixels alpha, Func<int, int, int> backdrop)
    {
        ArgumentNullException.ThrowIfNull(alpha);
        ArgumentNullException.ThrowIfNull(backdrop);
        if (alpha.Size != Size || alpha.Bands != 1) throw new ArgumentException($"A grey picture of {Size} is needed.", nameof(alpha));

        var rgb = new byte[checked((int)(3 * Size.Pixels))];
        for (int y = 0, i = 0; y < Size.Height; y++)
        {
            for (var x = 0; x < Size.Width; x++, i++)
            {
                var (a, under) = (alpha.Bytes[i], backdrop(x, y));
                for (var band = 0; band < 3; band++)
                {
                    var own = Bytes[Bands == 1 ? i : 3 * i + band];
                    rgb[3 * i + band] = (byte)((own * a + (under >> (16 - 8 * band) & 255) * (255 - a) + 127) / 255);
                }
            }
        }

        return new Pixels(Size, 3, rgb);
    }

    /// <summary>A part that lies inside.</summary>
    internal Pixels Crop(PixelRect area)
    {
        if (area == new PixelRect(0, 0, Size.Width, Size.Height)) return this;
        var bytes = new byte[area.Width * area.Height * Bands];
        for (var y = 0; y < area.Height; y++)
        {
            Bytes.AsSpan(((area.Y + y) * Size.Width + area.X) * Bands, area.Width * Bands).CopyTo(bytes.AsSpan(y * area.Width * Bands));
        }

        return new Pixels(new PixelSize(area.Width, area.Height), Bands, bytes);
    }

    /// <summary>Made larger on the right and below, by repeating the last pixels.</summary>
    internal Pixels Extend(PixelSize size)
    {
        if (size == Size) return this;
        var bytes = new byte[size.Width * size.Height * Bands];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var from = (Math.Min(y, Size.Height - 1) * Size.Width + Math.Min(x, Size.Width - 1)) * Bands;
                Bytes.AsSpan(from, Bands).CopyTo(bytes.AsSpan((y * size.Width + x) * Bands));
            }
        }

        return new Pixels(size, Bands, bytes);
    }
}
