using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Results;

namespace DistributedMatting.Workstation.Service;

/// <summary>One run of an engine for a job. Its progress is written under the queue's lock only.</summary>
internal sealed class Attempt(QueuedJob job, CancellationToken shutdown) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SortedDictionary<MattingStage, StageStatus> _stages = [];

    public QueuedJob Job { get; } = job;

    public CancellationToken Token => _stop.Token;

    /// <summary>Ends when the engine has left the job's folder.</summary>
    public Task Ended => _ended.Task;

    /// <summary>When its progress was last published, in the clock's timestamps.</summary>
    public long PublishedAt { get; set; }

    /// <summary>Where its patches stand; null until the plate has been cut.</summary>
    public PatchRecord? Patches { get; set; }

    public IReadOnlyList<StageStatus> Stages => [.. _stages.Values];

    /// <summary>Asks the engine to stop, without waiting for it.</summary>
    public void Stop() => _ = _stop.CancelAsync();

    /// <summary>Takes one report; those of several threads may overtake each other.</summary>
    /// <returns>Whether the stage is over by it.</returns>
    public bool Take(StageProgress progress)
    {
        var isKnown = _stages.TryGetValue(progress.Stage, out var known);
        if (isKnown && known!.Done > progress.Done) return false;
        _stages[progress.Stage] = StageStatus.Of(progress);
        return progress.Done >= progress.Total && !(isKnown && known!.Done >= known.Total);
    }

    public void End() => _ended.TrySetResult();

    public void Dispose() => _stop.Dispose();
}
