using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Tests;

/// <summary>Small pictures made from a seed.</summary>
internal static class Pictures
{
    public static (float[] Rgb, byte[] Regions) Noise(PixelSize size, int seed, double unknown)
    {
        var random = new Random(seed);
        var n = (int)size.Pixels;
        var rgb = new float[3 * n];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = random.Next(256) / 255f;
        var regions = new byte[n];
        for (var i = 0; i < n; i++) regions[i] = random.NextDouble() < unknown ? (byte)Region.Unknown : random.Next(2) == 0 ? (byte)Region.Background : (byte)Region.Foreground;
        return (rgb, regions);
    }

    /// <summary>A soft disc of one gradient over another, known inside and outside of a ring.</summary>
    public static (float[] Rgb, byte[] Regions, float[] Alpha) Disc(PixelSize size, double inner, double outer)
    {
        var n = (int)size.Pixels;
        var (rgb, regions, alpha) = (new float[3 * n], new byte[n], new float[n]);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var at = y * size.Width + x;
                var (u, v) = ((x + 0.5) / size.Width, (y + 0.5) / size.Height);
                var radius = Math.Sqrt((2 * u - 1) * (2 * u - 1) + (2 * v - 1) * (2 * v - 1));
                var a = Math.Clamp((outer - radius) / (outer - inner), 0, 1);
                alpha[at] = (float)a;
                regions[at] = (byte)(radius < inner ? Region.Foreground : radius > outer ? Region.Background : Region.Unknown);
                rgb[at] = (float)(a * (0.7 + 0.3 * u) + (1 - a) * 0.1);
                rgb[n + at] = (float)(a * 0.6 + (1 - a) * (0.2 + 0.3 * v));
                rgb[2 * n + at] = (float)(a * 0.2 * v + (1 - a) * (0.6 + 0.3 * u));
            }
        }

        return (rgb, regions, alpha);
    }

    /// <summary>
    /// A red lattice, known along the left edge, over blue, known along the right edge; each has grain. No known cell
    /// reaches the lattice's holes but through the lattice.
    /// </summary>
    public static (float[] Rgb, byte[] Regions, float[] Alpha) Lattice(PixelSize size)
    {
        var n = (int)size.Pixels;
        var (rgb, regions, alpha) = (new float[3 * n], new byte[n], new float[n]);
        var random = new Random(5);
        for (var i = 0; i < n; i++)
        {
            var (x, y) = (i % size.Width, i / size.Width);
            var solid = x < 12 || (x < size.Width - 20 && (x % 10 < 4 || y % 10 < 4));
            alpha[i] = solid ? 1 : 0;
            regions[i] = (byte)(x < 8 ? Region.Foreground : x >= size.Width - 8 ? Region.Background : Region.Unknown);
            var grain = 0.08f * random.NextSingle();
            (rgb[i], rgb[n + i], rgb[2 * n + i]) = solid ? (0.7f + grain, 0.2f + grain, 0.15f) : (0.1f + grain, 0.25f, 0.6f + grain);
        }

        return (rgb, regions, alpha);
    }

    /// <summary>A plate of interleaved samples, 0 to 65535, from planes of 0 to 1.</summary>
    public static ushort[] Interleaved(float[] rgb)
    {
        var n = rgb.Length / 3;
        var samples = new ushort[rgb.Length];
        for (var i = 0; i < n; i++)
            for (var c = 0; c < 3; c++) samples[3 * i + c] = (ushort)Math.Round(rgb[c * n + i] * 65535);
        return samples;
    }

    public static ReducedPlate Reduced(PixelSize size, float[] rgb, byte[] regions, PriorOptions options)
    {
        var reducer = new PlateReducer(size, options);
        reducer.AddPlate(Interleaved(rgb));
        reducer.AddTrimap(regions);
        return reducer.Finish();
    }
}
