using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>A known cell at the unknown region's edge.</summary>
/// <param name="R">Red, 0 to 1.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
internal readonly record struct KnownSample(float R, float G, float B, float X, float Y);

/// <summary>
/// The known cells of a region that touch the unknown region, ordered by brightness, so that near ones in the list are
/// alike (He, Rhemann, Rother, Tang, Sun: "A Global Sampling Method for Alpha Matting", CVPR 2011, Sec. 3).
/// </summary>
internal static class KnownSamples
{
    public static KnownSample[] Of(ReducedPlate plate, Region region)
    {
        var (width, height) = (plate.Size.Width, plate.Size.Height);
        var plane = plate.Regions.Length;
        var found = new List<KnownSample>();
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                if (plate.Regions[at] == (byte)region && TouchesUnknown(plate, x, y)) found.Add(new KnownSample(plate.Rgb[at], plate.Rgb[plane + at], plate.Rgb[2 * plane + at], x, y));
            }
        }

        // A stable order: equally bright cells stay in reading order.
        return [.. found.OrderBy(sample => sample.R + sample.G + sample.B)];
    }

    private static bool TouchesUnknown(ReducedPlate plate, int x, int y)
    {
        var (width, height) = (plate.Size.Width, plate.Size.Height);
        for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
        {
            var near = plate.Regions.AsSpan(row * width, width)[Math.Max(0, x - 1)..Math.Min(width, x + 2)];
            if (near.Contains((byte)Region.Unknown)) return true;
        }

        return false;
    }
}
