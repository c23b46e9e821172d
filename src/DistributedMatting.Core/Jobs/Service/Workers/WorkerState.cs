namespace DistributedMatting.Core.Jobs.Service.Workers;

/// <summary>What a worker does.</summary>
public enum WorkerState
{
    /// <summary>It waits for a job.</summary>
    Idle,

    /// <summary>It is at a job.</summary>
    Working,

    /// <summary>It is at its last job: when that ends, it takes no more.</summary>
    Draining,

    /// <summary>It takes no jobs.</summary>
    Drained,
}
