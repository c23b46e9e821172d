using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Web.Access.Callers;

namespace DistributedMatting.Web.Workers;

/// <summary>Workers as a caller may see them: that they work, and how fast; but of what they are at, the caller's projects alone.</summary>
internal sealed class WorkerView(Caller caller, IMattingService service)
{
    public async Task<IReadOnlyList<WorkerStatus>> AllAsync(IReadOnlyList<WorkerStatus> workers, CancellationToken cancellation)
    {
        // The same list for all who see all: it becomes text once.
        if (caller.Projects is null) return workers;
        var seen = new WorkerStatus[workers.Count];
        for (var i = 0; i < seen.Length; i++) seen[i] = await OneAsync(workers[i], cancellation);
        return seen;
    }

    public async Task<WorkerStatus> OneAsync(WorkerStatus worker, CancellationToken cancellation) =>
        worker.Job is { } job && !await SeesAsync(job, cancellation) ? worker with { Job = null, Stage = null } : worker;

    private async Task<bool> SeesAsync(JobId id, CancellationToken cancellation)
    {
        if (caller.Projects is null) return true;
        try
        {
            return caller.Sees(await service.StatusAsync(id, cancellation));
        }
        catch (JobNotFoundException)
        {
            return false;
        }
    }
}
