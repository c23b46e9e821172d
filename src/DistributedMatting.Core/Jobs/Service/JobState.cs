namespace DistributedMatting.Core.Jobs.Service;

/// <summary>
/// Where a job stands. A verb changes it at once; a plate that is being worked on leaves the machine
/// a patch or so later.
/// </summary>
public enum JobState
{
    /// <summary>In the queue: higher priority first, then first in, first out.</summary>
    Waiting,

    /// <summary>A machine works on it.</summary>
    Running,

    /// <summary>Held by a person. Finished patches are kept.</summary>
    Paused,

    /// <summary>The alpha is in its place.</summary>
    Succeeded,

    /// <summary>Stopped by an error, which <see cref="JobStatus.Error"/> says in words. Finished patches are kept for a retry.</summary>
    Failed,

    /// <summary>Stopped for good by a person; only a retry brings it back, from the beginning.</summary>
    Cancelled,
}
