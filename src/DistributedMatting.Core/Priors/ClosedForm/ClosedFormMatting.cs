using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.ClosedForm.Multigrid;

namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>
/// Closed-form matting (Levin, Lischinski, Weiss, PAMI 2008) with the trimap as hard constraints:
/// only unknown cells are variables, and beside the image only they and their neighbours take memory.
/// </summary>
public static class ClosedFormMatting
{
    const int LeastToHalve = 32;
    const int CellsEach = 65536;

    /// <summary>Of the half-size images, which only say where to begin: solved closer, they spare no iteration.</summary>
    const double CoarseTolerance = 1e-3;

    /// <summary>Solves for alpha.</summary>
    /// <param name="rgb">R, G and B planes, 0 to 1: <c>3 × size.Pixels</c>.</param>
    /// <param name="regions">One <see cref="Region"/> a pixel. Without any known pixel alpha is 0.5 everywhere.</param>
    /// <param name="size">The image's size.</param>
    /// <param name="options">How to solve.</param>
    /// <param name="cancel">Stops between iterations.</param>
    /// <exception cref="InvalidInputException">An option is out of its range.</exception>
    public static ClosedFormResult Solve(float[] rgb, byte[] regions, PixelSize size, ClosedFormOptions options, CancellationToken cancel = default) =>
        Solve(rgb, regions, size, options, null, cancel);

    /// <summary>Solves for alpha with something believed beforehand.</summary>
    /// <param name="rgb">As above.</param>
    /// <param name="regions">As above.</param>
    /// <param name="size">The image's size.</param>
    /// <param name="options">How to solve.</param>
    /// <param name="evidence">One value and one weight a pixel, or null.</param>
    /// <param name="cancel">Stops between iterations.</param>
    /// <exception cref="InvalidInputException">An option is out of its range.</exception>
    public static ClosedFormResult Solve(float[] rgb, byte[] regions, PixelSize size, ClosedFormOptions options, AlphaEvidence? evidence, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNotEqual(regions.LongLength, size.Pixels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.LongLength, 3 * size.Pixels);
        options.Validate();

        var alpha = new float[regions.Length];
        if (!regions.AsSpan().ContainsAnyExcept((byte)Region.Unknown))
        {
            Array.Fill(alpha, 0.5f);
            return new ClosedFormResult(alpha, 0, 0);
        }

        Work.For(Work.Pieces(alpha.Length, CellsEach), options.Threads, piece =>
        {
            for (var i = piece * CellsEach; i < Math.Min(alpha.Length, (piece + 1) * CellsEach); i++) alpha[i] = Known(regions[i]);
        }, cancel);
        if (!regions.AsSpan().Contains((byte)Region.Unknown)) return new ClosedFormResult(alpha, 0, 0);
        // Images this small have no room for evidence.
        if (size.Width < 3 || size.Height < 3) return SolveWidened(rgb, regions, size, options, cancel);

        // What is believed is a better beginning than the half-size image's answer.
        var guess = evidence is not null ? evidence.Alpha : Math.Min(size.Width, size.Height) >= 2 * LeastToHalve ? Coarse(rgb, regions, size, options, cancel) : alpha;
        var layout = new UnknownLayout(size, regions);
        var system = MattingAssembly.Build(rgb, regions, layout, options, cancel);
        if (evidence is not null) system.Pull(regions, evidence);
        var x = new float[layout.Count];
        Exchange(layout, regions, guess, x, store: true);
        var (iterations, residual) = ConjugateGradients.Solve(system, new MultigridPreconditioner(system, rgb, regions, options.Threads, cancel), x, options, cancel);
        Exchange(layout, regions, alpha, x, store: false);
        return new ClosedFormResult(alpha, iterations, residual);
    }

    static float Known(byte region) => (Region)region switch { Region.Foreground => 1f, Region.Background => 0f, _ => 0.5f };

    /// <summary>The half-size image's alpha, back at full size, to begin with.</summary>
    static float[] Coarse(float[] rgb, byte[] regions, PixelSize size, ClosedFormOptions options, CancellationToken cancel)
    {
        var (halfRgb, halfRegions, half) = Halving.Halve(rgb, regions, size);
        var coarse = Solve(halfRgb, halfRegions, half, options with { Tolerance = Math.Max(CoarseTolerance, options.Tolerance) }, cancel);
        return Halving.Double(coarse.Alpha, half, size);
    }

    static void Exchange(UnknownLayout layout, byte[] regions, float[] alpha, float[] x, bool store)
    {
        foreach (var run in layout.Runs)
        {
            var from = run.Y * layout.Size.Width + run.X;
            for (var i = 0; i < run.Length; i++)
            {
                if (regions[from + i] != (byte)Region.Unknown) continue;
                if (store) x[run.Here + i] = alpha[from + i];
                else alpha[from + i] = Math.Clamp(x[run.Here + i], 0f, 1f);
            }
        }
    }

    /// <summary>An image without a single 3×3 window gets its edge repeated until it has one.</summary>
    static ClosedFormResult SolveWidened(float[] rgb, byte[] regions, PixelSize size, ClosedFormOptions options, CancellationToken cancel)
    {
        var wide = new PixelSize(Math.Max(3, size.Width), Math.Max(3, size.Height));
        var wideRgb = new float[3 * wide.Pixels];
        var wideRegions = new byte[wide.Pixels];
        for (var i = 0; i < wideRegions.Length; i++)
        {
            var from = Math.Min(i / wide.Width, size.Height - 1) * size.Width + Math.Min(i % wide.Width, size.Width - 1);
            wideRegions[i] = regions[from];
            for (var c = 0; c < 3; c++) wideRgb[c * wideRegions.Length + i] = rgb[c * regions.Length + from];
        }

        var solved = Solve(wideRgb, wideRegions, wide, options, cancel);
        var alpha = new float[regions.Length];
        for (var y = 0; y < size.Height; y++) solved.Alpha.AsSpan(y * wide.Width, size.Width).CopyTo(alpha.AsSpan(y * size.Width));
        return solved with { Alpha = alpha };
    }
}
