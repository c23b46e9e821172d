namespace DistributedMatting.Core.Jobs;

/// <summary>What was done for one plate.</summary>
public sealed record MattingReport
{
    /// <summary>Width of the plate in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the plate in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Patches of the grid.</summary>
    public required int PatchesTotal { get; init; }

    /// <summary>Patches without an unknown pixel: their alpha is their trimap, no network was called.</summary>
    public required int PatchesKnown { get; init; }

    /// <summary>Patches that this run inferred.</summary>
    public required int PatchesInferred { get; init; }

    /// <summary>Patches whose alpha an earlier run of the same job had left.</summary>
    public required int PatchesReused { get; init; }

    /// <summary>Unknown pixels of the trimap.</summary>
    public required long PixelsUnknown { get; init; }

    /// <summary>Calls of the encoder, those for a second time included.</summary>
    public required int Encodes { get; init; }

    /// <summary>Patches whose tokens and pooled vectors an earlier run of the same job had left.</summary>
    public required int EncodesReused { get; init; }

    /// <summary>Queries whose activations waited in the cache.</summary>
    public required int CacheHits { get; init; }

    /// <summary>Queries whose activations had to be encoded again.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>Where the time went.</summary>
    public required StageSeconds Seconds { get; init; }

    /// <summary>Millions of the plate's pixels a second of <see cref="StageSeconds.Total"/>.</summary>
    public required double MegapixelsPerSecond { get; init; }

    /// <summary>
    /// Mean alpha step across patch borders over the mean step one pixel beside them;
    /// 1 is no seam. Null where the plate has no border with unknown pixels.
    /// </summary>
    public required double? SeamRatio { get; init; }

    /// <summary>Most memory that the whole process held so far, in MiB.</summary>
    public required double PeakMemoryMib { get; init; }

    /// <summary>Most bytes that the job folder held.</summary>
    public required long ScratchBytes { get; init; }

    /// <summary>The job's key, hexadecimal.</summary>
    public required string JobKey { get; init; }

    /// <summary>SHA-256 of the plate's decoded pixels and size, hexadecimal.</summary>
    public required string PlateSha256 { get; init; }

    /// <summary>SHA-256 of the trimap's regions and size, hexadecimal.</summary>
    public required string TrimapSha256 { get; init; }

    /// <summary>Lines that a person should read: an unusual trimap, a job that was replaced.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
