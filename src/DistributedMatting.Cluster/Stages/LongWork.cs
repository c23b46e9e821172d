using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core;

namespace DistributedMatting.Cluster.Stages;

/// <summary>
/// Work that takes longer than a call may: it runs on a thread of its own, off the grain's scheduler, and whoever wants it
/// done asks again and again. If the silo dies, the next question starts it anew elsewhere, so the work must give the same
/// when it is done twice, even at the same time.
/// </summary>
public abstract class LongWork(StageGate gate) : Grain, IDisposable
{
    // Shorter than any response timeout; long enough that asking costs nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task<WorkAnswer>? _work;

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await _stop.CancelAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sees to it that the work is done, and says how it stands.</summary>
    protected async Task<WorkAnswer> Ensure(Func<CancellationToken, WorkAnswer> work)
    {
        _work ??= Task.Run(() => RunAsync(work));
        await Task.WhenAny(_work, Task.Delay(Patience));
        if (!_work.IsCompleted) return WorkAnswer.GoesOn;

        var answer = await _work;
        _work = null;
        DeactivateOnIdle();
        return answer;
    }

    private async Task<WorkAnswer> RunAsync(Func<CancellationToken, WorkAnswer> work)
    {
        using var place = await gate.EnterAsync(_stop.Token);
        using var span = JobTrace.Begin(GetType().Name, this.GetPrimaryKeyString().Split('/')[0]);
        try
        {
            return await Task.Factory.StartNew(
                () => work(_stop.Token), _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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
