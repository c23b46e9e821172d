using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Metrics;

/// <summary>
/// The four errors of Rhemann et al., "A Perceptually Motivated Online Benchmark for Image Matting" (CVPR 2009),
/// over the unknown region, in the scales in which the literature prints them.
/// </summary>
/// <param name="Sad">Sum of |Δα| ÷ 1000.</param>
/// <param name="Mse">Mean of Δα². Tables print it × 10³.</param>
/// <param name="Gradient">See <see cref="GradientError"/>; ÷ 1000.</param>
/// <param name="Connectivity">See <see cref="ConnectivityError"/>; ÷ 1000.</param>
public readonly record struct MattingErrors(double Sad, double Mse, double Gradient, double Connectivity)
{
    /// <summary>Compares a matte with the truth.</summary>
    /// <param name="alpha">The matte, 0 to 1, row by row. Known pixels should be set: they are neighbours of unknown ones.</param>
    /// <param name="truth">The true matte, likewise.</param>
    /// <param name="regions">The trimap: <see cref="Region"/> values.</param>
    /// <param name="size">Size of the three.</param>
    public static MattingErrors Measure(float[] alpha, float[] truth, byte[] regions, PixelSize size)
    {
        var sums = new DifferenceSums();
        sums.Add(alpha, truth, regions);
        return new MattingErrors(
            sums.Sad, sums.Mse,
            GradientError.Measure(alpha, truth, regions, size),
            ConnectivityError.Measure(alpha, truth, regions, size));
    }
}
