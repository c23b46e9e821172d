using DistributedMatting.Core;
using DistributedMatting.Core.Scheduling;

namespace DistributedMatting.Cluster.Farm;

/// <summary>How a silo takes part in the farm.</summary>
public sealed record FarmOptions
{
    /// <summary>The shared folder: the same files on all silos, at this path here. Absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Workers on this silo, 0 to 256; 0 for a coordinator.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Patches that a worker takes at once, 1 to 256; null: as its memory and its speed allow.</summary>
    public int? Batch { get; init; }

    /// <summary>Plates of a priority that are in work at once, 1 to 1000; the others wait.</summary>
    public int MaxRunning { get; init; } = 8;

    /// <summary>Rows of patches that are stitched as one band, 1 to 1000.</summary>
    public int BandRows { get; init; } = 4;

    /// <summary>Bytes of activations that may wait on this silo for their matting, 0 to 1 TiB.</summary>
    public long ActivationBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of tokens and alphas that this silo keeps in memory, 0 to 1 TiB.</summary>
    public long ObjectBytes { get; init; } = 256L << 20;

    /// <summary>Whether finished jobs leave their files in the shared folder, to be looked at.</summary>
    public bool KeepWork { get; init; }

    /// <summary>How patient the scheduler is.</summary>
    public SchedulerOptions Scheduler { get; init; } = new();

    /// <summary>Throws unless every value lies within its limits.</summary>
    /// <exception cref="InvalidInputException">Names the setting and what would be right.</exception>
    public void Validate()
    {
        if (!Path.IsPathFullyQualified(Folder)) throw new InvalidInputException($"folder is '{Folder}'; it must be an absolute path that all silos share");
        Require("workers", Workers, 0, 256);
        if (Batch is { } batch) Require("batch", batch, 1, 256);
        Require("max running", MaxRunning, 1, 1000);
        Require("band rows", BandRows, 1, 1000);
        Require("activation bytes", ActivationBytes, 0, 1L << 40);
        Require("object bytes", ObjectBytes, 0, 1L << 40);
        Scheduler.Validate();
    }

    private static void Require(string name, long value, long least, long most)
    {
        if (value < least || value > most) throw new InvalidInputException($"{name} is {value}; it must be {least} to {most}");
    }
}
