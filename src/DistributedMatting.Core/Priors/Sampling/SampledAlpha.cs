using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.ClosedForm;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>
/// Alpha of every unknown cell from the pair of known colours that explains it best, as evidence for the closed form.
/// Propagation alone (Levin) cannot reach what known cells do not enclose, a hole between hairs; samples alone are noisy.
/// Together (Wang and Cohen 2007; He et al. 2011, Sec. 4) they are better than either.
/// </summary>
internal static class SampledAlpha
{
    /// <summary>Costs (code values) that differ by this much differ by e in what a neighbour's alpha counts.</summary>
    private const float CostScale = 5;

    /// <summary>Squared distance of two colours at which a neighbour counts 1/e.</summary>
    private const float ColourScale = 0.005f;

    /// <summary>Residual, and spread of the pair's colours, at which evidence has lost, or gained, all but 1/e.</summary>
    private const float ResidualScale = 0.1f;

    /// <summary>The evidence, or null where a region has no cell that touches the unknown region.</summary>
    /// <param name="plate">The reduced plate.</param>
    /// <param name="nearestForeground">Index of the nearest known foreground cell of each cell.</param>
    /// <param name="nearestBackground">The same of the background.</param>
    /// <param name="options">How to search.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancel">Stops between rounds.</param>
    public static AlphaEvidence? Find(
        ReducedPlate plate, int[]? nearestForeground, int[]? nearestBackground, SamplingOptions options, int threads, CancellationToken cancel)
    {
        if (options.Rounds == 0 || nearestForeground is null || nearestBackground is null) return null;
        var foreground = KnownSamples.Of(plate, Region.Foreground);
        var background = KnownSamples.Of(plate, Region.Background);
        if (foreground.Length == 0 || background.Length == 0) return null;

        var search = new PairSearch(plate, foreground, background, nearestForeground, nearestBackground, options);
        search.Run(threads, cancel);
        var evidence = new AlphaEvidence(new float[plate.Regions.Length], new float[plate.Regions.Length]);
        UnknownCells.For(plate, threads, (x, y) =>
        {
            var at = y * plate.Size.Width + x;
            evidence.Alpha[at] = Smoothed(plate, search.Pairs, x, y);
            evidence.Weight[at] = options.Weight * Trust(search, at);
        }, cancel);
        return evidence;
    }

    /// <summary>The mean over the 3×3 unknown cells about one, by likeness of colour and by how well they are explained.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Smoothed(ReducedPlate plate, ColourPair[] pairs, int x, int y)
    {
        var (width, height) = (plate.Size.Width, plate.Size.Height);
        var own = KnownSamples.Colour(plate, y * width + x);
        // Relative to the cell's own cost, so that the sum never vanishes.
        var cost = pairs[y * width + x].Cost;
        float sum = 0, weights = 0;
        for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(width - 1, x + 1); column++)
            {
                var at = row * width + column;
                if (plate.Regions[at] != (byte)Region.Unknown) continue;
                var apart = KnownSamples.Colour(plate, at) - own;
                var weight = MathF.Exp(Math.Min(30, (cost - pairs[at].Cost) / CostScale) - Vector128.Dot(apart, apart) / ColourScale);
                sum += weight * pairs[at].Alpha;
                weights += weight;
            }
        }

        return sum / weights;
    }

    private static float Trust(PairSearch search, int at)
    {
        var (foreground, background) = search.Samples(at);
        var span = foreground.Colour - background.Colour;
        var spread = MathF.Sqrt(Vector128.Dot(span, span));
        return MathF.Exp(-search.Pairs[at].Residual / ResidualScale) * (1 - MathF.Exp(-spread / ResidualScale));
    }
}
