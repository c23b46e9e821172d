namespace DistributedMatting.Core.Jobs.Service.Workers;

/// <summary>The machines that work off a service's queue. May be called from many threads at once.</summary>
public interface IWorkerPool
{
    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<WorkerStatus>> ListAsync(CancellationToken cancellation);

    /// <summary>Lets a worker finish what it is at and take no more, until it is resumed or started again.</summary>
    /// <exception cref="WorkerNotFoundException">No worker has this name.</exception>
    Task<WorkerStatus> DrainAsync(string name, CancellationToken cancellation);

    /// <summary>Lets a drained worker take jobs again.</summary>
    /// <exception cref="WorkerNotFoundException">No worker has this name.</exception>
    Task<WorkerStatus> ResumeAsync(string name, CancellationToken cancellation);
}

/// <summary>No worker has the name. The message is one line for the person who asked; the name is not repeated, it may be anything.</summary>
public sealed class WorkerNotFoundException() : Exception("there is no worker of this name; the list of workers says which there are");
