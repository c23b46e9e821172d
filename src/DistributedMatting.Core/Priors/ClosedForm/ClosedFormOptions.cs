namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>How closed-form matting is solved.</summary>
public sealed record ClosedFormOptions
{
    /// <summary>Levin's ε: how little colour must vary in a 3×3 window for its noise not to be followed; colours are 0 to 1.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>The residual at which to stop, relative to the right-hand side, both in the preconditioner's norm.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Iterations after which to stop, converged or not.</summary>
    public int MaxIterations { get; init; } = 200;

    /// <summary>Threads to use, at least 1. The result is the same with any number.</summary>
    public int Threads { get; init; } = 1;

    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!(Epsilon is >= 1e-9 and <= 1))
            throw new InvalidInputException($"closed-form epsilon: {Epsilon} is not possible; give 1e-9 to 1");
        if (!(Tolerance is >= 1e-12 and < 1))
            throw new InvalidInputException($"closed-form tolerance: {Tolerance} is not possible; give 1e-12 up to, not including, 1");
        if (MaxIterations is < 1 or > 1_000_000)
            throw new InvalidInputException($"closed-form iterations: {MaxIterations} is not possible; give 1 to 1000000");
        if (Threads is < 1 or > 1024)
            throw new InvalidInputException($"closed-form threads: {Threads} is not possible; give 1 to 1024");
    }
}
