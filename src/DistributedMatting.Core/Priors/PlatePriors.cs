using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.ClosedForm;
using DistributedMatting.Core.Priors.Guided;
using DistributedMatting.Core.Priors.Nearest;
using DistributedMatting.Core.Priors.Sampling;

namespace DistributedMatting.Core.Priors;

/// <summary>
/// Priors of a plate, kept at reduced resolution: 34 bytes a cell. Colours, distances and closed-form alpha are half floats;
/// the guided filter's coefficients cancel each other when applied, so they stay single.
/// </summary>
public sealed partial class PlatePriors : IPriors
{
    /// <summary>Maps kept as halves: nearest foreground R G B, nearest background R G B, distance to each, alpha by the closed form with sampled colours as evidence.</summary>
    internal const int HalfMaps = 9;

    const int ClosedFormPlane = 9;

    readonly ushort[][] halves;
    readonly float[] guided;

    PlatePriors(PixelSize fullSize, int factor, ushort[][] halves, float[] guided)
    {
        (FullSize, Factor, this.halves, this.guided) = (fullSize, factor, halves, guided);
        Size = ReducedPlate.Reduced(fullSize, factor);
    }

    /// <summary>Size of the plate.</summary>
    public PixelSize FullSize { get; }

    /// <summary>Pixels a cell, along each axis.</summary>
    public int Factor { get; }

    /// <summary>Size of the maps, in cells.</summary>
    public PixelSize Size { get; }

    /// <summary>Solves the priors of a plate.</summary>
    /// <exception cref="InvalidInputException">An option is out of its range.</exception>
    public static PlatePriors Solve(ReducedPlate plate, PriorOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plate);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        var halves = new ushort[HalfMaps][];
        for (var i = 0; i < HalfMaps; i++) halves[i] = new ushort[plate.Regions.Length];
        var foreground = NearestCells.Find(plate.Regions, plate.Size, Region.Foreground, options.Threads, cancel);
        var background = NearestCells.Find(plate.Regions, plate.Size, Region.Background, options.Threads, cancel);
        var narrowed = NearestColours.Narrowed(plate, options.Threads, cancel);
        NearestColours.Fill(plate, narrowed, foreground, [halves[0], halves[1], halves[2], halves[6]], options.Threads, cancel);
        NearestColours.Fill(plate, narrowed, background, [halves[3], halves[4], halves[5], halves[7]], options.Threads, cancel);

        var evidence = SampledAlpha.Find(plate, foreground, background, options.Sampling, options.Threads, cancel);
        var closedForm = options.ClosedForm with { Threads = options.Threads };
        var alpha = ClosedFormMatting.Solve(plate.Rgb, plate.Regions, plate.Size, closedForm, evidence, cancel).Alpha;
        Halves.Narrow(alpha, halves[8], options.Threads, cancel);
        var guided = GuidedCoefficients.Find(plate.Rgb, alpha, plate.Size, options.Threads, cancel);
        return new PlatePriors(plate.FullSize, plate.Factor, halves, guided);
    }

    /// <inheritdoc/>
    public void Fill(PixelRect window, ReadOnlySpan<float> rgbPlanes, Span<float> planes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window.Height);
        var pixels = checked(window.Width * window.Height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgbPlanes.Length, 3 * pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(planes.Length, NetworkInput.PriorChannels * pixels);

        new WindowSampler(halves, guided, Size, FullSize, Factor, window).Fill(rgbPlanes, planes);
        // A plate that was not reduced has nothing to upsample: the filter would only blur what was solved.
        if (Factor == 1) planes.Slice(ClosedFormPlane * pixels, pixels).CopyTo(planes.Slice((ClosedFormPlane + 1) * pixels, pixels));
    }
}
