using DistributedMatting.Cluster.Stages;
using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Jobs;

internal sealed partial class JobDrive
{
    private readonly StageQuestions _questions = new(id, clock, log);
    private readonly Dictionary<MattingStage, double> _seconds = [];
    private readonly List<string> _warnings = [];
    private string _submission = "";

    private async Task<MattingReport> MatteAsync()
    {
        _submission = Wire.Write(Submission);
        var taken = await Staged(MattingStage.Ingest, "rows", 1, () => grains.GetGrain<ITilingGrain>(_job).Ensure(_submission, Attempt));
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
            await Task.Delay(StageQuestions.RetryAfter, clock, _stop.Token);
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
            DriveLog.Again(log, id, error.Message);
            return true;
        }
    }

    private Task<WorkAnswer> JoinAsync(int bands) => grains.GetGrain<IJoinGrain>(_job).Ensure(_submission, Attempt, bands);

    private async Task RankAsync(PlateManifest manifest, int[] queries)
    {
        var lost = new LostResults("patch", folder.Work(manifest.Key), clock);
        while (true)
        {
            await Timed(MattingStage.Encode, () => RunRound(manifest, MattingStage.Encode, StageNames.Encode, queries, null));
            var ranked = await Staged(MattingStage.Rank, "patches", queries.Length, () => grains.GetGrain<IContextGrain>(_job).Ensure(Attempt));
            if (ranked.Missing is null) return;
            lost.Note(ranked.Missing);
            await Task.Delay(StageQuestions.RetryAfter, clock, _stop.Token);
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
                DriveLog.Again(log, id, error.Message);
                lost.Note([0]);
                // Nobody is to try in vain meanwhile.
                await Ignoring(() => Scheduler.Withdraw(_job));
                await Task.Delay(StageQuestions.RetryAfter, clock, _stop.Token);
                await RankAsync(manifest, queries);
            }
        }
    }

    private async Task<IReadOnlyList<int>> StitchAsync(int number) =>
        (await Until(() => grains.GetGrain<IStitcherGrain>(StageNames.Band(_job, number)).Ensure(Attempt))).Missing ?? [];

    private Task<IReadOnlyList<int>> Committed(PlateManifest manifest, string stage) =>
        Task.Run(() => folder.Ledger.Committed(manifest.Key, stage));

    private Task<WorkAnswer> Until(Func<Task<WorkAnswer>> ask) => _questions.Until(ask, _stop.Token);

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
}
