namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>How the colours that an unknown cell is mixed of are searched, and how far they are believed.</summary>
public sealed record SamplingOptions
{
    /// <summary>Rounds of the search, 0 (no samples: the closed form alone) to 100.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>
    /// What a mixture must explain better than a pure colour to be chosen; colours are 0 to 1. It keeps grain and texture
    /// from being told as transparency.
    /// </summary>
    public float MixtureCost { get; init; } = 8 / 255f;

    /// <summary>Weight of a sample that explains its cell exactly, 0 to 1; the diagonal of the matting Laplacian is about 1.</summary>
    public float Weight { get; init; } = 0.002f;

    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Rounds is < 0 or > 100)
            throw new InvalidInputException($"sampling rounds: {Rounds} is not possible; give 0 to 100");
        if (!(MixtureCost is >= 0 and <= 1))
            throw new InvalidInputException($"sampling mixture cost: {MixtureCost} is not possible; give 0 to 1");
        if (!(Weight is >= 0 and <= 1))
            throw new InvalidInputException($"sampling weight: {Weight} is not possible; give 0 to 1");
    }
}
