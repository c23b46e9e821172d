using System.Diagnostics;
using System.Threading.Channels;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Workstation.Workers;

namespace DistributedMatting.Workstation.Service;

/// <summary>Gives the queue's plates to the engine, one at a time: a plate takes the whole machine.</summary>
internal sealed class PlateWorker(JobQueue queue, IPlateEngine engine, WorkerMeter meter, Action<Exception> bug)
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool _drains;

    /// <summary>Whether it takes no more jobs; the one that it is at ends.</summary>
    public bool Drains
    {
        get => Volatile.Read(ref _drains);
        set
        {
            Volatile.Write(ref _drains, value);
            Ring();
        }
    }

    /// <summary>Says that a job may be waiting.</summary>
    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>Works until it is cancelled, and returns then.</summary>
    public async Task RunAsync(CancellationToken shutdown)
    {
        while (!shutdown.IsCancellationRequested)
        {
            try
            {
                if (!Drains && queue.TakeNext(shutdown) is { } attempt) await RunAsync(attempt, shutdown);
                else if (!await HearsAsync(shutdown)) return;
            }
            catch (InvalidInputException error)
            {
                // The queue's disk is full. The next submission or verb rings, and it is tried again.
                bug(error);
                if (!await HearsAsync(shutdown)) return;
            }
        }
    }

    private async Task RunAsync(Attempt attempt, CancellationToken shutdown)
    {
        MattingReport? report = null;
        string? error = null;
        var observer = new AttemptObserver(queue, attempt, meter);
        var outcome = "succeeded";
        using var trace = MattingTelemetry.Traces.StartActivity("job");
        trace?.SetTag("matting.job", attempt.Job.Id.ToString());
        try
        {
            report = await engine.RunAsync(queue.Order(attempt), observer, attempt.Token);
        }
        catch (OperationCanceledException) when (attempt.Token.IsCancellationRequested)
        {
            // Stopped by a verb, or by the end of the process: then it stays "running" on disk, and the next start takes it up.
            outcome = "stopped";
        }
        catch (InvalidInputException e)
        {
            (outcome, error) = ("failed", e.Message);
        }
        catch (Exception e)
        {
            bug(e);
            outcome = "bug";
            error = $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} This is a bug in matting.";
        }

        MattingTelemetry.Attempted(outcome);
        trace?.SetStatus(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, error);
        if (shutdown.IsCancellationRequested) error = null;
        observer.Save();
        // Whoever hears of the end may ask for the trace at once.
        trace?.Stop();
        queue.Finish(attempt, report, error);
    }

    // Whether the bell rang before the end of the process came.
    private async Task<bool> HearsAsync(CancellationToken shutdown)
    {
        try
        {
            return await _bell.Reader.ReadAsync(shutdown);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
