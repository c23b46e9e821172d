namespace DistributedMatting.Core.Jobs.Service.Workers;

/// <summary>A worker as it stood at one moment.</summary>
public sealed record WorkerStatus
{
    /// <summary>Its name among the service's workers.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required WorkerState State { get; init; }

    /// <summary>What it computes with.</summary>
    public required IReadOnlyList<WorkerDevice> Devices { get; init; }

    /// <summary>The process that it is a part of, where a service has many; null where there is one.</summary>
    public string? Silo { get; init; }

    /// <summary>Patches that it takes at once; null where nobody counts.</summary>
    public int? Batch { get; init; }

    /// <summary>The job that it is at; null if none.</summary>
    public JobId? Job { get; init; }

    /// <summary>The stage of that job; null if none has begun.</summary>
    public MattingStage? Stage { get; init; }

    /// <summary>Patches encoded or matted a second, over the last seconds.</summary>
    public double PatchesPerSecond { get; init; }

    /// <summary>Patches matted since it started.</summary>
    public long PatchesDone { get; init; }

    /// <summary>What its process holds of the machine's memory, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset SinceUtc { get; init; }

    /// <summary>One sample every ten seconds of the last hour, oldest first.</summary>
    public IReadOnlyList<WorkerSample> History { get; init; } = [];
}

/// <summary>Something that a network runs on.</summary>
/// <param name="Name">For a person.</param>
/// <param name="Kind">"cpu" or "cuda".</param>
/// <param name="MemoryBytes">What it has, and may use; null where nobody knows.</param>
public sealed record WorkerDevice(string Name, string Kind, long? MemoryBytes = null);

/// <summary>A worker's figures at one moment.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="PatchesPerSecond">Since the sample before.</param>
/// <param name="MemoryBytes">At that moment.</param>
public sealed record WorkerSample(DateTimeOffset Time, double PatchesPerSecond, long MemoryBytes);
