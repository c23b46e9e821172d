using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Stages;
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
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    // Work that fails by a machine's fault is done again so often; then somebody should know.
    private const int MaxTries = 20;

    private readonly CancellationTokenSource _stop = new();
    private readonly long _began = clock.GetTimestamp();
    private readonly Dictionary<MattingStage, double> _seconds = [];
    private readonly List<string> _warnings = [];
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
            Log.Interrupted(log, id, error);
        }
        finally
        {
            await _stop.CancelAsync();
            await Ignoring(() => Scheduler.Withdraw(_job));
            await Ignoring(() => grains.GetGrain<ICatalogGrain>(0).Tell(Wire.Write(book.Status)));
        }
    }

    private async Task<MattingReport> MatteAsync()
    {
        var submission = Wire.Write(Submission);
        var taken = await Staged(MattingStage.Ingest, "rows", 1, () => grains.GetGrain<ITilingGrain>(_job).Ensure(submission, Attempt));
        _warnings.AddRange(Wire.Read<string[]>(taken.Result!));
        var (manifest, grid, inferred) = await Task.Run(() =>
        {
            using var room = PlateRoom.Open(folder.Plate(_job));
            folder.Use(room.Manifest.Key, _job);
            folder.KeepOnly(room.Manifest.Key, _job);
            return (room.Manifest, room.Grid, room.Inferred.ToArray());
        });
        if (book.Status!.UnknownPixels != manifest.UnknownPixels) await book.Save(job => job! with { UnknownPixels = manifest.UnknownPixels });
        int[] queries = [.. Enumerable.Range(0, grid.Count).Where(patch => inferred[patch])];
        var already = await Committed(manifest, StageNames.Matte);
        var (reused, encodesReused) = (already.Count, 0);
        if (manifest.Contexts > 0 && already.Count < queries.Length)
        {
            encodesReused = (await Committed(manifest, StageNames.Encode)).Count;
            await RankAsync(manifest, queries);
        }

        var bands = PlateBand.Of(grid, options.BandRows);
        await Timed(MattingStage.Matte, () => MatteAsync(manifest, queries, bands));
        var lost = new LostResults("band", folder.Job(_job), clock);
        WorkAnswer joined;
        while (true)
        {
            joined = await Staged(MattingStage.Stitch, "rows", grid.Size.Height, () => JoinAsync(bands.Count));
            if (joined.Result is not null) break;
            lost.Note(joined.Missing ?? throw new InvalidInputException("the silos differ in how they cut a plate into bands; run one version on all of them, then retry the job"));
            await Task.Delay(RetryAfter, clock, _stop.Token);
            await MatteAsync(manifest, queries, bands);
        }
        return Report(manifest, queries.Length, grid.Count, reused, encodesReused, joined.Result!);
    }

    // What goes wrong here is met once more by whoever finishes the alpha.
    private async Task<bool> JoinAheadAsync(int bands)
    {
        try
        {
            return (await Until(() => JoinAsync(bands))).Missing is null;
        }
        catch (InvalidInputException error)
        {
            Log.Again(log, id, error.Message);
            return true;
        }
    }

    private Task<WorkAnswer> JoinAsync(int bands) => grains.GetGrain<IJoinGrain>(_job).Ensure(Wire.Write(Submission), Attempt, bands);

    private async Task RankAsync(PlateManifest manifest, int[] queries)
    {
        var lost = new LostResults("patch", folder.Work(manifest.Key), clock);
        while (true)
        {
            await Timed(MattingStage.Encode, () => RunRound(manifest, MattingStage.Encode, StageNames.Encode, queries, null));
            var ranked = await Staged(MattingStage.Rank, "patches", queries.Length, () => grains.GetGrain<IContextGrain>(_job).Ensure(Attempt));
            if (ranked.Missing is null) return;
            lost.Note(ranked.Missing);
            await Task.Delay(RetryAfter, clock, _stop.Token);
        }
    }

    // Bands are stitched as soon as their patches are there, and joined to the alpha, beside those that are still being matted.
    private async Task<int> MatteAsync(PlateManifest manifest, int[] queries, IReadOnlyList<PlateBand> bands)
    {
        var lost = new LostResults("ranking", folder.Work(manifest.Key), clock);
        while (true)
        {
            try
            {
                return await RunRound(manifest, MattingStage.Matte, StageNames.Matte, queries, new BandsAtWork(bands, StitchAsync, JoinAheadAsync));
            }
            catch (RankingMissingException error) when (manifest.Contexts > 0)
            {
                Log.Again(log, id, error.Message);
                lost.Note([0]);
                // Nobody is to try in vain meanwhile.
                await Ignoring(() => Scheduler.Withdraw(_job));
                await Task.Delay(RetryAfter, clock, _stop.Token);
                await RankAsync(manifest, queries);
            }
        }
    }

    private async Task<IReadOnlyList<int>> StitchAsync(int number) =>
        (await Until(() => grains.GetGrain<IStitcherGrain>(StageNames.Band(_job, number)).Ensure(Attempt))).Missing ?? [];

    private Task<IReadOnlyList<int>> Committed(PlateManifest manifest, string stage) =>
        Task.Run(() => folder.Ledger.Committed(manifest.Key, stage));

    // Asks until the work is done. A call that fails or times out says nothing of the work: it is asked again.
    private async Task<WorkAnswer> Until(Func<Task<WorkAnswer>> ask)
    {
        var (heard, tries) = (clock.GetTimestamp(), 0);
        while (true)
        {
            _stop.Token.ThrowIfCancellationRequested();
            string problem;
            try
            {
                var answer = await ask();
                heard = clock.GetTimestamp();
                if (answer is { IsDone: true, Error: null }) return answer;
                if (!answer.IsDone) continue;
                if (answer.IsInput) throw new InvalidInputException(answer.Error!);
                if (++tries == MaxTries) throw new InvalidInputException($"a stage failed {MaxTries} times, last with: {answer.Error}");
                problem = answer.Error!;
            }
            catch (Exception error) when (error is not InvalidInputException && !(error is OperationCanceledException && _stop.IsCancellationRequested))
            {
                // Not counted: those to a silo that has just died are refused at once.
                if (clock.GetElapsedTime(heard) >= Calls.Patience) throw new InvalidInputException($"a stage was not heard of for {Calls.Patience.TotalSeconds:0} seconds, last with: {error.Message}");
                problem = error.Message;
            }
            Log.Again(log, id, problem);
            await Task.Delay(RetryAfter, clock, _stop.Token);
        }
    }

    private Task<WorkAnswer> Staged(MattingStage stage, string unit, long total, Func<Task<WorkAnswer>> ask) => Timed(stage, async () =>
    {
        var began = clock.GetTimestamp();
        book.Tell(new StageProgress(stage, 0, total, unit, TimeSpan.Zero));
        var answer = await Until(ask);
        if (answer.Missing is null) book.Tell(new StageProgress(stage, total, total, unit, clock.GetElapsedTime(began)));
        return answer;
    });

    private async Task<T> Timed<T>(MattingStage stage, Func<Task<T>> work)
    {
        var began = clock.GetTimestamp();
        using var span = MattingTelemetry.Begin(stage);
        var result = await work();
        _seconds[stage] = _seconds.GetValueOrDefault(stage) + clock.GetElapsedTime(began).TotalSeconds;
        return result;
    }


    private async Task FailAsync(string error)
    {
        Log.Failed(log, id, error);
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
