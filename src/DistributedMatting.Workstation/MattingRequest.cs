using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Priors;

namespace DistributedMatting.Workstation;

/// <summary>One plate to be matted on this machine, apart from the open files and the network.</summary>
public sealed record MattingRequest
{
    /// <summary>What the alpha depends on.</summary>
    public MattingSettings Settings { get; init; } = new();

    /// <summary>How priors are solved for a network that takes them; its threads are replaced by <see cref="Limits"/>.</summary>
    public PriorOptions Priors { get; init; } = new();

    /// <summary>What this machine may spend on it.</summary>
    public WorkstationLimits Limits { get; init; } = new();

    /// <summary>The job's folder: made if missing. Usually <c>&lt;alpha&gt;.job</c>.</summary>
    public required string JobFolder { get; init; }

    /// <summary>
    /// False: the folder is deleted after success. True: request, state and finished patches are kept,
    /// so that the same job later only stitches.
    /// </summary>
    public bool KeepJobFolder { get; init; }

    /// <summary>Nothing of an earlier run is reused.</summary>
    public bool Fresh { get; init; }

    /// <summary>SHA-256 of the network's files, 64 hexadecimal digits; part of the job's key.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>What the network runs on: "cpu" or "cuda". Part of the key, for results differ in the last bits.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Anything that stays the same only while the plate's file and how it is read stay the same, such as the
    /// file's SHA-256. If given, a resumed job need not decode the plate again. It is not part of the key.
    /// </summary>
    public string? PlateIdentity { get; init; }

    /// <summary>The same for the trimap (with thresholds and such).</summary>
    public string? TrimapIdentity { get; init; }

    /// <summary>The job's key.</summary>
    internal JobKey Key(string plateSha256, string trimapSha256, NetworkShape shape) => new(
        plateSha256, trimapSha256, ModelSha256.ToLowerInvariant(), Device, shape.Patch, Settings,
        shape.TakesPriors ? (Priors with { Threads = 1 }).ToString() : "none");

    /// <summary>Throws unless every field lies within its limits.</summary>
    /// <param name="patch">Side of the network's patch in pixels.</param>
    /// <exception cref="InvalidInputException">Names the setting and what would be right.</exception>
    public void Validate(int patch)
    {
        Settings.Validate(patch);
        Limits.Validate();
        Priors.Validate();
        if (string.IsNullOrWhiteSpace(JobFolder))
            throw new InvalidInputException("job-dir is empty; name a folder for the job.");
        if (ModelSha256.Length != 64 || !ModelSha256.All(char.IsAsciiHexDigit))
            throw new InvalidInputException("the model's hash is not a SHA-256 of 64 hexadecimal digits.");
    }
}
