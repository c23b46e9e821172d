namespace DistributedMatting.Cluster.Stages;

/// <summary>How long work stands.</summary>
/// <param name="IsDone">False: it goes on, ask again.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Missing">Patches, or bands, that it needs and did not find: they must be made again.</param>
/// <param name="Error">Why it came to nothing, in one line.</param>
/// <param name="IsInput">Whether a person can set it right: a file, a setting, a disk. Otherwise it is tried again.</param>
[GenerateSerializer, Immutable, Alias("matting.WorkAnswer")]
public sealed record WorkAnswer(
    [property: Id(0)] bool IsDone, [property: Id(1)] string? Result = null, [property: Id(2)] int[]? Missing = null,
    [property: Id(3)] string? Error = null, [property: Id(4)] bool IsInput = false)
{
    /// <summary>It goes on.</summary>
    public static WorkAnswer GoesOn { get; } = new(false);
}
