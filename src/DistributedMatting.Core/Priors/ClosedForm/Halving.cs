using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>Half-size images for first guesses.</summary>
internal static class Halving
{
    /// <summary>Means of 2×2 cells; known only where all four are known alike.</summary>
    public static (float[] Rgb, byte[] Regions, PixelSize Size) Halve(float[] rgb, byte[] regions, PixelSize size)
    {
        var half = new PixelSize((size.Width + 1) / 2, (size.Height + 1) / 2);
        var plane = (int)half.Pixels;
        var halfRgb = new float[3 * plane];
        var halfRegions = new byte[plane];
        for (var y = 0; y < half.Height; y++)
        {
            var row = 2 * y * size.Width;
            var below = Math.Min(2 * y + 1, size.Height - 1) * size.Width;
            for (var x = 0; x < half.Width; x++)
            {
                var (left, right) = (2 * x, Math.Min(2 * x + 1, size.Width - 1));
                var at = y * half.Width + x;
                for (var c = 0; c < 3; c++)
                {
                    var from = rgb.AsSpan(c * regions.Length, regions.Length);
                    halfRgb[c * plane + at] = 0.25f * (from[row + left] + from[row + right] + from[below + left] + from[below + right]);
                }

                var region = regions[row + left];
                var alike = regions[row + right] == region && regions[below + left] == region && regions[below + right] == region;
                halfRegions[at] = alike ? region : (byte)Region.Unknown;
            }
        }

        return (halfRgb, halfRegions, half);
    }

    /// <summary>Bilinear, cell centres over cell centres.</summary>
    public static float[] Double(float[] values, PixelSize half, PixelSize size)
    {
        var doubled = new float[size.Pixels];
        for (var y = 0; y < size.Height; y++)
        {
            var near = y / 2;
            var far = Math.Clamp(y % 2 == 0 ? near - 1 : near + 1, 0, half.Height - 1);
            var a = values.AsSpan(near * half.Width, half.Width);
            var b = values.AsSpan(far * half.Width, half.Width);
            for (var x = 0; x < size.Width; x++)
            {
                var here = x / 2;
                var beside = Math.Clamp(x % 2 == 0 ? here - 1 : here + 1, 0, half.Width - 1);
                doubled[y * size.Width + x] = 0.75f * (0.75f * a[here] + 0.25f * a[beside]) + 0.25f * (0.75f * b[here] + 0.25f * b[beside]);
            }
        }

        return doubled;
    }
}
