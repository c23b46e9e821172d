using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Stitching;

/// <summary>Runs the band stitcher on a thread of its own while patches are still being matted.</summary>
internal sealed class StitchStage : IDisposable
{
    private readonly BandStitcher _stitcher;
    private readonly ThreadTime _time;
    private readonly StageClock _clock;
    private readonly Action _failed;
    private readonly CancellationToken _cancellation;
    private readonly Task _task;

    /// <param name="job">Whose progress is told.</param>
    /// <param name="stitcher">Has written nothing yet.</param>
    /// <param name="rows">Of the plate.</param>
    /// <param name="time">Takes the thread's time.</param>
    /// <param name="failed">Called when stitching ends early, so that nobody works on in vain.</param>
    /// <param name="cancellation">Stops between chunks of rows.</param>
    public StitchStage(PlateJob job, BandStitcher stitcher, int rows, ThreadTime time, Action failed, CancellationToken cancellation)
    {
        (_stitcher, _time, _failed, _cancellation) = (stitcher, time, failed, cancellation);
        _clock = new StageClock(job.Clock, job.Progress, MattingStage.Stitch, rows, "rows");
        _task = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Says that a patch's alpha can be read; from any thread.</summary>
    public void Finished(int patchIndex) => _stitcher.Finished(patchIndex);

    /// <summary>Waits for the last row.</summary>
    public void Join() => _task.GetAwaiter().GetResult();

    /// <summary>Waits for its end, whatever it is; what went wrong, or null if nothing did or it was only told to stop.</summary>
    public Exception? Failure()
    {
        ((IAsyncResult)_task).AsyncWaitHandle.WaitOne();
        return _task.Exception?.InnerException is { } error and not OperationCanceledException ? error : null;
    }

    public void Dispose() => _ = Failure(); // it must be at rest before its stores are closed

    private void Run()
    {
        try
        {
            while (!_stitcher.IsDone)
            {
                _stitcher.WaitForBand(_cancellation);
                Advance();
            }
            _stitcher.Complete();
        }
        catch
        {
            _failed();
            throw;
        }
    }

    private void Advance()
    {
        var before = _stitcher.RowsWritten;
        using (_time.Of(Work.Stitch)) _stitcher.TryAdvance(_cancellation);
        _clock.Add(_stitcher.RowsWritten - before);
    }
}
