using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Workstation.Service;

namespace DistributedMatting.Workstation.Workers;

/// <summary>This machine as the only worker of its service.</summary>
internal sealed class OneWorkerPool(string name, IReadOnlyList<WorkerDevice> devices, DateTimeOffset since, JobQueue queue, PlateWorker worker, WorkerMeter meter) : IWorkerPool
{
    public Task<IReadOnlyList<WorkerStatus>> ListAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<WorkerStatus>>([Status()]);

    public Task<WorkerStatus> DrainAsync(string name, CancellationToken cancellation) => SetAsync(name, drains: true);

    public Task<WorkerStatus> ResumeAsync(string name, CancellationToken cancellation) => SetAsync(name, drains: false);

    private Task<WorkerStatus> SetAsync(string which, bool drains)
    {
        if (which != name) return Task.FromException<WorkerStatus>(new WorkerNotFoundException());
        worker.Drains = drains;
        return Task.FromResult(Status());
    }

    private WorkerStatus Status()
    {
        var job = queue.InWork;
        return new WorkerStatus
        {
            Name = name,
            State = (job is not null, worker.Drains) switch
            {
                (true, true) => WorkerState.Draining,
                (true, false) => WorkerState.Working,
                (false, true) => WorkerState.Drained,
                _ => WorkerState.Idle,
            },
            Devices = devices,
            Job = job?.Id,
            Stage = job?.Status.Stages is [.., var last] ? last.Stage : null,
            PatchesPerSecond = job is null ? 0 : meter.PatchesPerSecond,
            PatchesDone = meter.Matted,
            MemoryBytes = meter.MemoryBytes,
            SinceUtc = since,
            History = meter.Samples(),
        };
    }
}
