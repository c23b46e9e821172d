using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using Orleans.Storage;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>What a plate job remembers: its status. Changes of state are written down, progress is not.</summary>
[GenerateSerializer, Alias("matting.PlateJobState")]
public sealed class PlateJobState
{
    /// <summary>A <see cref="JobStatus"/> as JSON; null where there is no job.</summary>
    [Id(0)]
    public string? Status { get; set; }
}

/// <summary>A job's status, whoever waits for a change of it, and where it is written down.</summary>
internal sealed class JobBook(IPersistentState<PlateJobState> state, TimeProvider clock)
{
    private readonly OneAtATime _writing = new();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>The job as it stands; null where there is none.</summary>
    public JobStatus? Status { get; private set; } = state.State.Status is { } text ? Wire.Read<JobStatus>(text) : null;

    /// <summary>Ends at the next change.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Changes what is told, and writes it down: it is true from then on, whatever dies.</summary>
    public Task Save(Func<JobStatus?, JobStatus?> change) => _writing.Run(async () =>
    {
        try
        {
            var next = change(Status);
            if (next is null) await state.ClearStateAsync();
            else
            {
                next = next with { Version = NextVersion() };
                state.State.Status = Wire.Write(next);
                await state.WriteStateAsync();
            }
            Tell(next);
        }
        catch (InconsistentStateException)
        {
            // Another activation has written since: what that one says is what counts.
            await state.ReadStateAsync();
            Tell(state.State.Status is { } text ? Wire.Read<JobStatus>(text) : null);
            throw;
        }
    });

    /// <summary>Tells how far a stage is; written down with the next change of state.</summary>
    public void Tell(StageProgress progress)
    {
        if (Status is not { } status) return;
        var stages = status.Stages.Where(stage => stage.Stage != progress.Stage).Append(StageStatus.Of(progress)).OrderBy(stage => stage.Stage);
        Tell(status with { Version = NextVersion(), Stages = [.. stages] });
    }

    private void Tell(JobStatus? status)
    {
        Status = status;
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    // Grows across activations too, so that nobody mistakes a new state for one that is known.
    private long NextVersion() => Math.Max((Status?.Version ?? 0) + 1, clock.GetUtcNow().UtcTicks);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
