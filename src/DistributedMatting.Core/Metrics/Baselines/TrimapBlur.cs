using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;

namespace DistributedMatting.Core.Metrics.Baselines;

/// <summary>
/// Mattes that look at the trimap alone. A method that looks at the picture must do better than these.
/// Known pixels are exactly 0 or 1.
/// </summary>
public static class TrimapBlur
{
    /// <summary>Width of the blur where nobody says otherwise: some tenth of a wide unknown region at evaluation size.</summary>
    public const double DefaultSigma = 10;

    /// <summary>Widest blur allowed; beyond it the filter's cost has no sense.</summary>
    public const double LargestSigma = 1000;

    /// <summary>Alpha = 0.5 in the unknown region.</summary>
    public static float[] Half(ReadOnlySpan<byte> regions)
    {
        var alpha = new float[regions.Length];
        for (var i = 0; i < alpha.Length; i++) alpha[i] = regions[i] / 2f;
        return alpha;
    }

    /// <summary>The trimap (0, 0.5, 1) blurred with a Gaussian, cut off at 3 σ, edge pixels repeated.</summary>
    /// <param name="regions"><see cref="Region"/> values, row by row.</param>
    /// <param name="size">Size of the trimap.</param>
    /// <param name="sigma">Standard deviation in pixels, above 0, at most <see cref="LargestSigma"/>.</param>
    public static float[] Blurred(ReadOnlySpan<byte> regions, PixelSize size, double sigma = DefaultSigma)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(regions.Length, size.Pixels);
        if (!(sigma > 0 && sigma <= LargestSigma))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, $"Must be above 0 and at most {LargestSigma}.");

        var kernel = SeparableFilter.Kernel((int)Math.Ceiling(3 * sigma), t => Math.Exp(-t * t / (2 * sigma * sigma)));
        var total = kernel.Sum();
        kernel = Array.ConvertAll(kernel, v => v / total);

        var alpha = SeparableFilter.Apply(Half(regions), size, kernel, kernel);
        KnownPixels.Set(regions, alpha);
        return alpha;
    }
}
