using System.Runtime.CompilerServices;
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
        var known = new KnownSample[2][];
        Work.For(2, threads, i => known[i] = KnownSamples.Of(plate, i == 0 ? Region.Foreground : Region.Background), cancel);
        var (foreground, background) = (known[0], known[1]);
        if (foreground.Length == 0 || background.Length == 0) return null;

        var near = new Nearness(plate, nearestForeground, nearestBackground, threads, cancel);
        var search = new PairSearch(plate, foreground, background, near, options);
        search.Run(threads, cancel);
        var evidence = new AlphaEvidence(new float[plate.Regions.Length], new float[plate.Regions.Length]);
        var alpha = new float[plate.Regions.Length];
        UnknownCells.ForEights(plate, threads, (x, y) => Explain(search, plate, options.Weight, x, y, alpha, evidence.Weight), cancel);
        UnknownCells.For(plate, threads, (x, y) => evidence.Alpha[y * plate.Size.Width + x] = Smoothed(plate, search, alpha, x, y), cancel);
        return evidence;
    }

    /// <summary>Alpha and weight of the unknown ones of eight cells.</summary>
    private static void Explain(PairSearch search, ReducedPlate plate, float most, int x, int y, float[] alpha, float[] weight)
    {
        var (pairs, spread) = search.Explain(x, y);
        for (var i = 0; i < Math.Min(PairGrid.Lanes, plate.Size.Width - x); i++)
        {
            var at = y * plate.Size.Width + x + i;
            if (plate.Regions[at] != (byte)Region.Unknown) continue;
            alpha[at] = pairs.Alpha[i];
            weight[at] = most * MathF.Exp(-pairs.Residual[i] / ResidualScale) * (1 - MathF.Exp(-MathF.Sqrt(spread[i]) / ResidualScale));
        }
    }

    /// <summary>The mean over the 3×3 unknown cells about one, by likeness of colour and by how well they are explained.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Smoothed(ReducedPlate plate, PairSearch search, float[] alpha, int x, int y)
    {
        var (width, height) = (plate.Size.Width, plate.Size.Height);
        var plane = plate.Regions.Length;
        var own = y * width + x;
        // Relative to the cell's own cost, so that the sum never vanishes.
        var cost = search.Cost(x, y);
        float sum = 0, weights = 0;
        for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(width - 1, x + 1); column++)
            {
                var at = row * width + column;
                if (plate.Regions[at] != (byte)Region.Unknown) continue;
                var (r, g, b) = (plate.Rgb[at] - plate.Rgb[own], plate.Rgb[plane + at] - plate.Rgb[plane + own], plate.Rgb[2 * plane + at] - plate.Rgb[2 * plane + own]);
                var weight = MathF.Exp(Math.Min(30, (cost - search.Cost(column, row)) / CostScale) - (r * r + g * g + b * b) / ColourScale);
                sum += weight * alpha[at];
                weights += weight;
            }
        }

        return sum / weights;
    }
}
