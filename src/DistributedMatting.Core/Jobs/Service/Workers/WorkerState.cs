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

    /// <summary>It loads its network and warms up.</summary>
    Starting,

    /// <summary>Nothing has been heard of it for a while: what it was at is done by others.</summary>
    Lost,
}
