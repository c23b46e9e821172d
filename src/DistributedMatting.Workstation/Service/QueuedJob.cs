using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Workstation.Service;

/// <summary>A job in memory. Written under the queue's lock only; read by anyone.</summary>
internal sealed class QueuedJob(long number, JobStatus status)
{
    private volatile Moment _now = new(status);

    /// <summary>Its place in the order of submission.</summary>
    public long Number { get; } = number;

    /// <summary>As it stands, and what will tell of the next change.</summary>
    public Moment Now => _now;

    public JobStatus Status => _now.Status;

    public JobId Id => Status.Id;

    /// <summary>The attempt that an engine is at, which may outlive a pause by a patch; null if there is none.</summary>
    public Attempt? Attempt { get; set; }

    /// <summary>Whether finished patches are to be given up once no engine is at them.</summary>
    public bool GivesUpWork { get; set; }

    public bool IsDeleted { get; private set; }

    public void Become(JobStatus status)
    {
        var before = _now;
        _now = new Moment(status);
        before.End();
    }

    public void MarkDeleted()
    {
        IsDeleted = true;
        _now.End();
    }

    /// <summary>A status, and a task that ends when it is no longer true.</summary>
    internal sealed class Moment(JobStatus status)
    {
        // Watchers must not run on the thread that changes the job: it holds the queue's lock.
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public JobStatus Status { get; } = status;

        public Task Over => _over.Task;

        public void End() => _over.TrySetResult();
    }
}
