using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core;

namespace DistributedMatting.Cluster.Stages;

/// <summary>
/// Work that takes longer than a call may: it runs on a thread of its own, off the grain's scheduler, and whoever wants it
/// done asks again and again. If the silo dies, the next question starts it anew elsewhere, so the work must give the same
/// when it is done twice, even at the same time. What came of it goes to the attempt that asked for it, and to no other.
/// </summary>
public abstract class LongWork(StageGate gate) : Grain, IStageGrain, IDisposable
{
    // For as long nobody may ask: work of higher priority is done first.
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(2);

    // Shorter than any response timeout; long enough that asking costs nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private CancellationTokenSource _stop = new();
    private (long Attempt, Task<WorkAnswer> Task)? _work;
    private long? _cancelled;

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        // Its silo may have little time left; what is kept by work that goes on dies with the process.
        if (_work is null || await Ends(_work.Value.Task)) await LetGo();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public async Task<bool> Cancel(long attempt)
    {
        _cancelled = attempt;
        if (_work is { Task: var task })
        {
            await _stop.CancelAsync();
            if (!await Ends(task)) return false;
        }
        if (_work is not { Task.IsCompleted: false }) await LetGo();
        return true;
    }

    /// <summary>Whether it keeps something for the next question, so that it is not to be collected before its time.</summary>
    protected virtual bool Keeps => false;

    /// <summary>Lets go of what it keeps. It is called while nothing is in work, and forgets what it keeps before it waits.</summary>
    protected virtual Task LetGo() => Task.CompletedTask;

    /// <summary>Sees to it that the work is done, and says how it stands.</summary>
    protected async Task<WorkAnswer> Ensure(long attempt, Func<CancellationToken, WorkAnswer> work)
    {
        if (_work is { } left && left.Attempt != attempt)
        {
            // Two never write the same files at once here.
            if (!await Ends(left.Task)) return WorkAnswer.GoesOn;
            if (_work == left) _work = null;
        }
        if (attempt == _cancelled) return new WorkAnswer(true, Error: "this attempt of the job is over");
        var asked = _work ??= Begin(attempt, work);
        if (!await Ends(asked.Task)) return WorkAnswer.GoesOn;
        if (_work == asked) _work = null;
        if (Keeps) DelayDeactivation(KeptFor);
        else if (_cancelled is null) DeactivateOnIdle();
        return await asked.Task;
    }

    private static async Task<bool> Ends(Task task)
    {
        await Task.WhenAny(task, Task.Delay(Patience));
        return task.IsCompleted;
    }

    private (long Attempt, Task<WorkAnswer> Task) Begin(long attempt, Func<CancellationToken, WorkAnswer> work)
    {
        if (_stop.IsCancellationRequested)
        {
            _stop.Dispose();
            _stop = new CancellationTokenSource();
        }
        var stop = _stop.Token;
        return (attempt, Task.Run(() => RunAsync(work, stop)));
    }

    private async Task<WorkAnswer> RunAsync(Func<CancellationToken, WorkAnswer> work, CancellationToken stop)
    {
        using var place = await gate.EnterAsync(stop);
        using var span = JobTrace.Begin(GetType().Name, this.GetPrimaryKeyString().Split('/')[0]);
        try
        {
            return await Task.Factory.StartNew(
                () => work(stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (InvalidInputException error)
        {
            return new WorkAnswer(true, Error: error.Message, IsInput: true);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new WorkAnswer(true, Error: $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
        }
    }
}
