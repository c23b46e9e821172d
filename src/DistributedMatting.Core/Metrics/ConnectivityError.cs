using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Metrics;

/// <summary>
/// The connectivity error of Rhemann et al. (2009): Σ |φ(α) − φ(truth)| over the unknown region ÷ 1000, where
/// φ = 1 − d for d ≥ θ = 0.15, else 1, and d = α − l. The level l of a pixel is the last of 0, 0.1 … 1 at which it
/// still belongs to Ω, the largest 4-connected part of the pixels where both mattes reach that level.
/// </summary>
public static class ConnectivityError
{
    private const int Levels = 10;
    private const float Theta = 0.15f;

    /// <summary>Compares two mattes, 0 to 1, row by row.</summary>
    public static double Measure(ReadOnlySpan<float> alpha, ReadOnlySpan<float> truth, ReadOnlySpan<byte> regions, PixelSize size)
    {
        Shapes.Check(alpha, truth, regions, size);
        var lower = new float[alpha.Length];
        for (var i = 0; i < lower.Length; i++) lower[i] = Math.Min(alpha[i], truth[i]);

        var level = new float[alpha.Length];
        Array.Fill(level, 1f);
        var left = new bool[alpha.Length];
        var components = new LargestComponent(size);
        for (var step = 1; step <= Levels; step++)
        {
            var omega = components.AtLeast(lower, step / (float)Levels);
            for (var i = 0; i < level.Length; i++)
            {
                if (left[i] || omega.Contains(i)) continue;
                left[i] = true;
                level[i] = (step - 1) / (float)Levels;
            }
        }

        var sum = 0.0;
        for (var i = 0; i < regions.Length; i++)
            if (regions[i] == (byte)Region.Unknown)
                sum += Math.Abs(Phi(alpha[i] - level[i]) - Phi(truth[i] - level[i]));
        return sum / 1000;
    }

    private static double Phi(float distance) => distance >= Theta ? 1.0 - distance : 1.0;
}
