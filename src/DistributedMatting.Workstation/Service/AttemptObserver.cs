using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Results;
using DistributedMatting.Workstation.Workers;

namespace DistributedMatting.Workstation.Service;

/// <summary>Takes what an engine tells of an attempt to where people see it: the job's status, its patches, its log, the worker's figures.</summary>
internal sealed class AttemptObserver(JobQueue queue, Attempt attempt, WorkerMeter meter) : IPlateObserver
{
    public void Report(StageProgress value) => queue.Report(attempt, value);

    public void Counted(long unknownPixels) => queue.Counted(attempt.Job.Id, unknownPixels);

    public void Cut(PatchGrid grid, IReadOnlyList<PatchState> states)
    {
        attempt.Patches = PatchRecord.Begin(grid, states, PatchRecordFile.Load(queue.PatchesPath(attempt.Job.Id)));
        Save();
    }

    public void Became(int patchIndex, PatchState state)
    {
        attempt.Patches?.Became(patchIndex, state);
        if (state is PatchState.Encoded or PatchState.Matted) meter.Count(state == PatchState.Matted);
    }

    public void Ranked(ContextRanking ranking)
    {
        attempt.Patches?.Ranked(ranking);
        Save();
    }

    public void Say(string line) => queue.Log(attempt.Job.Id, line);

    /// <summary>Keeps where the patches stand, for those who look when the attempt is over.</summary>
    public void Save()
    {
        if (attempt.Patches is not { } patches) return;
        try
        {
            PatchRecordFile.Save(queue.PatchesPath(attempt.Job.Id), patches);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A picture of the work is not worth the work: a full disk is told by those who need it.
            Say(DiskErrors.Explain(e, "the patches")?.Message ?? e.Message);
        }
    }
}
