using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Metrics;

/// <summary>
/// The gradient error of Rhemann et al. (2009): squared differences of the gradient magnitudes of two mattes, summed
/// over the unknown region, ÷ 1000. Gradients are taken with first derivatives of a Gaussian, σ = 1.4, as the usual
/// evaluation code does it: cut off where the Gaussian falls under 1 % (a radius of 4), scaled to unit energy
/// (Σ h² = 1), edge pixels repeated.
/// </summary>
public static class GradientError
{
    private const double Sigma = 1.4;
    private const double CutOff = 1e-2;

    private static readonly int s_radius =
        (int)Math.Ceiling(Sigma * Math.Sqrt(-2 * Math.Log(Math.Sqrt(2 * Math.PI) * Sigma * CutOff)));

    private static readonly double[] s_smooth = UnitEnergy(t => Math.Exp(-t * t / (2 * Sigma * Sigma)));
    private static readonly double[] s_derive = UnitEnergy(t => -t * Math.Exp(-t * t / (2 * Sigma * Sigma)));

    /// <summary>Compares two mattes, 0 to 1, row by row.</summary>
    public static double Measure(ReadOnlySpan<float> alpha, ReadOnlySpan<float> truth, ReadOnlySpan<byte> regions, PixelSize size)
    {
        Shapes.Check(alpha, truth, regions, size);
        var magnitude = Magnitude(alpha, size);
        var trueMagnitude = Magnitude(truth, size);
        var sum = 0.0;
        for (var i = 0; i < regions.Length; i++)
        {
            if (regions[i] != (byte)Region.Unknown) continue;
            var difference = magnitude[i] - trueMagnitude[i];
            sum += difference * difference;
        }
        return sum / 1000;
    }

    private static double[] Magnitude(ReadOnlySpan<float> image, PixelSize size)
    {
        var x = SeparableFilter.Apply(image, size, s_derive, s_smooth);
        var y = SeparableFilter.Apply(image, size, s_smooth, s_derive);
        var magnitude = new double[image.Length];
        for (var i = 0; i < magnitude.Length; i++) magnitude[i] = Math.Sqrt((double)x[i] * x[i] + (double)y[i] * y[i]);
        return magnitude;
    }

    // The energy of a product of two filters is the product of their energies, so each is scaled by itself.
    private static double[] UnitEnergy(Func<int, double> value)
    {
        var kernel = SeparableFilter.Kernel(s_radius, value);
        var energy = Math.Sqrt(kernel.Sum(v => v * v));
        return Array.ConvertAll(kernel, v => v / energy);
    }
}
