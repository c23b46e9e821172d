namespace DistributedMatting.Imaging.Tests.Making;

/// <summary>A small picture in memory: samples 0 to 65535 (or floats), interleaved, for files that tests make by hand.</summary>
internal sealed record Raster(int Width, int Height, int Bands, double[] Samples)
{
    /// <summary>Every sample different as far as its depth allows, so that any mix-up of place, band or depth shows.</summary>
    internal static Raster Of(int width, int height, int bands, int max, int seed = 1)
    {
        var random = new Random(seed);
        var samples = new double[width * height * bands];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = random.Next(max + 1);
        return new Raster(width, height, bands, samples);
    }

    internal static Raster Make(int width, int height, int bands, Func<int, int, int, double> sample)
    {
        var samples = new double[width * height * bands];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = sample(i / bands % width, i / bands / width, i % bands);
        return new Raster(width, height, bands, samples);
    }

    internal double At(int x, int y, int band) => Samples[(((y * Width) + x) * Bands) + band];
}
