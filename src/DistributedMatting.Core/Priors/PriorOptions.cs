using DistributedMatting.Core.Priors.ClosedForm;
using DistributedMatting.Core.Priors.Sampling;

namespace DistributedMatting.Core.Priors;

/// <summary>How the priors of a plate are solved. All but <see cref="Threads"/> change the result.</summary>
public sealed record PriorOptions
{
    /// <summary>Fewest pixels a plate may be reduced to.</summary>
    public const int LeastPixels = 10_000;

    /// <summary>Most pixels a plate may be reduced to.</summary>
    public const int MostPixels = 16_000_000;

    /// <summary>
    /// Most pixels of the reduced plate; <see cref="LeastPixels"/> to <see cref="MostPixels"/>. On two cores half a
    /// megapixel takes 0.4 s, 3 % of matting the 36-megapixel demo plate. (Half as many cells: half of that, and on demo
    /// plates of 1500 to 6000 pixels a side 1 to 7 % more squared error.) A photograph of 800×750 is not reduced.
    /// </summary>
    public int Pixels { get; init; } = 600_000;

    /// <summary>Threads to use, at least 1. The result is the same with any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// The closed-form solver's options; its threads are replaced by <see cref="Threads"/>. A tenth of the solver's own
    /// accuracy is enough for a prior: on photographs its error is the same to a thousandth, after half the iterations.
    /// </summary>
    public ClosedFormOptions ClosedForm { get; init; } = new() { Tolerance = 1e-3 };

    /// <summary>How known colours are sampled for evidence that the closed form alone does not have.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Pixels is < LeastPixels or > MostPixels)
            throw new InvalidInputException($"prior pixels: {Pixels} is not possible; give {LeastPixels} to {MostPixels}");
        if (Threads is < 1 or > 1024)
            throw new InvalidInputException($"prior threads: {Threads} is not possible; give 1 to 1024");
        ClosedForm.Validate();
        Sampling.Validate();
    }
}
