using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>A farm does not list its workers yet; a silo is drained by SIGTERM.</summary>
internal sealed class FarmPool : IWorkerPool
{
    public Task<IReadOnlyList<WorkerStatus>> ListAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<WorkerStatus>>([]);

    public Task<WorkerStatus> DrainAsync(string name, CancellationToken cancellation) => throw new WorkerNotFoundException();

    public Task<WorkerStatus> ResumeAsync(string name, CancellationToken cancellation) => throw new WorkerNotFoundException();
}
