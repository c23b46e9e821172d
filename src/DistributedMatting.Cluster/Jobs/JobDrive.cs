using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>
/// Takes one plate through its stages. It decides who does what and when; the stages themselves are grains and workers
/// elsewhere. It remembers nothing: what is done is found in the shared folder, so it may die and begin again at any
/// moment. All of it runs on the plate job's scheduler.
/// </summary>
internal sealed partial class JobDrive(
    JobId id, JobBook book, JobPatches seen, FarmFolder folder, FarmOptions options, IFarmPlates plates, IGrainFactory grains, TimeProvider clock, ILogger log) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly long _began = clock.GetTimestamp();
    private readonly string _job = id.ToString();
    private Round? _round;
    private Task _work = Task.CompletedTask;

    /// <summary>Whether it has come to an end, of whatever kind.</summary>
    public bool IsOver => _work.IsCompleted;

    // No two attempts of a job begin at the same moment.
    private long Attempt => AttemptOf(book.Status!);

    private JobSubmission Submission => book.Status!.Submission;

    private ISchedulerGrain Scheduler => grains.GetGrain<ISchedulerGrain>(0);

    /// <summary>The number of a job's attempt that is in work, or was last.</summary>
    public static long AttemptOf(JobStatus job) => job.StartedUtc?.UtcTicks ?? 0;

    /// <summary>Deletes what a job needs no more; how its patches stood can be seen until the job is deleted.</summary>
    public static void Leave(FarmFolder folder, JobPatches seen, JobId id)
    {
        try
        {
            seen.Save();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            // A picture of the work is not worth the work.
        }
        folder.Leave(id.ToString());
    }

    public void Start() => _work = RunAsync();

    /// <summary>Stops giving out work; what is in work ends by itself, and counts if the job goes on.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _work;
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Hears of results that are in the ledger.</summary>
    public void Committed(string key, string stage, int[] patches, string home)
    {
        if (_round?.Key == key) _round.Committed(stage, patches, home);
    }

    /// <summary>Hears that a worker did not find the ranking.</summary>
    public void RankingMissing(string key)
    {
        if (_round?.Key == key) _round.LoseRanking();
    }

    /// <summary>Says that the job's priority has changed.</summary>
    public void Reoffer() => _round?.Reoffer();

    private async Task RunAsync()
    {
        using var span = JobTrace.Begin("job", _job);
        try
        {
            if (book.Status!.State == JobState.Waiting)
            {
                await Task.Run(seen.Forget);
                await book.Save(job => job! with { State = JobState.Running, StartedUtc = clock.GetUtcNow(), Attempts = job.Attempts + 1, Stages = [] });
            }
            var report = await MatteAsync();
            await Task.Run(() => plates.Finished(Submission, report));
            await book.Save(job => job! with { State = JobState.Succeeded, FinishedUtc = clock.GetUtcNow(), Report = report, Error = null });
            MattingTelemetry.Attempted("succeeded");
            if (!options.KeepWork) await Task.Run(() => Leave(folder, seen, id));
        }
        catch (OperationCanceledException)
        {
            // Paused, cancelled, or the silo shuts down: then the job goes on elsewhere.
            MattingTelemetry.Attempted("stopped");
        }
        catch (InvalidInputException error)
        {
            MattingTelemetry.Attempted("failed");
            await FailAsync(error.Message);
        }
        catch (Exception error)
        {
            // Redis or a disk is away. The catalog asks again in a moment, and it goes on from what is done.
            DriveLog.Interrupted(log, id, error);
        }
        finally
        {
            await _stop.CancelAsync();
            await Ignoring(() => Scheduler.Withdraw(_job));
            await Ignoring(() => grains.GetGrain<ICatalogGrain>(0).Tell(Wire.Write(book.Status)));
        }
    }

    private async Task FailAsync(string error)
    {
        DriveLog.Failed(log, id, error);
        await Ignoring(async () =>
        {
            await book.Save(job => job! with { State = JobState.Failed, FinishedUtc = clock.GetUtcNow(), Error = error });
            await Unfinished.LetGoAsync(grains, plates, book.Status!);
        });
    }

    private static async Task Ignoring(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception)
        {
            // It is said again, by whoever asks next.
        }
    }
}
