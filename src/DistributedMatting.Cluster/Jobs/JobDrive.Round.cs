using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Scheduling;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Jobs;

internal sealed partial class JobDrive
{
    // How often the scheduler is asked for news. It may be another one by now, that has heard of nothing.
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    // How often the ledger is looked at: workers tell of what they commit, but words can be lost.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly Dictionary<int, string> _homes = [];

    /// <summary>Sees to it that all patches of a stage are in the ledger, and with bands, that these are stitched.</summary>
    /// <returns>Patches that were not there before.</returns>
    private async Task<int> RunRound(PlateManifest manifest, MattingStage stage, string name, int[] patches, BandsAtWork? bands)
    {
        var round = _round = new Round(manifest.Key, name, patches, await Committed(manifest, name));
        var lost = new LostResults("patch", folder.Work(manifest.Key), clock);
        var (began, reused, looked, asked) = (clock.GetTimestamp(), patches.Length - round.Left.Count, clock.GetTimestamp(), 0L);
        while (round.Left.Count > 0 || bands is { AreDone: false })
        {
            _stop.Token.ThrowIfCancellationRequested();
            if (round.HasLostRanking && stage == MattingStage.Matte) throw new RankingMissingException();
            book.Tell(new StageProgress(stage, patches.Length - round.Left.Count, patches.Length, "patches", clock.GetElapsedTime(began), reused));
            bands?.Begin(round.Left);
            if (round.Left.Count > 0 && (asked == 0 || round.IsNew || clock.GetElapsedTime(asked) >= AskEvery))
            {
                await AskAsync(round);
                asked = clock.GetTimestamp();
            }
            await Task.WhenAny(round.Changed, bands?.Any ?? round.Changed, Task.Delay(AskEvery, clock, _stop.Token));
            foreach (var (patch, home) in round.Homes) _homes[patch] = home;
            if (bands is not null)
            {
                var missing = await bands.Collect();
                lost.Note(missing);
                round.Again(missing);
                await bands.Join();
            }
            if (clock.GetElapsedTime(looked) < LookEvery) continue;
            round.Found(await Committed(manifest, name));
            looked = clock.GetTimestamp();
        }
        book.Tell(new StageProgress(stage, patches.Length, patches.Length, "patches", clock.GetElapsedTime(began), reused));
        return patches.Length - reused;
    }

    private async Task AskAsync(Round round)
    {
        try
        {
            var news = await Scheduler.News(_job, round.Stage);
            if (news.Poison.Length > 0) throw new InvalidInputException(string.Join("; ", news.Poison.Take(3)));
            if (news.IsKnown && !round.IsNew) return;
            round.IsNew = false;
            await Scheduler.Offer(RoundMessage.Of(new PatchRound
            {
                Job = _job,
                Stage = round.Stage,
                Key = round.Key,
                Project = Submission.Project,
                Priority = Submission.Priority,
                Order = book.Status!.SubmittedUtc.UtcTicks,
                Patches = [.. round.Left.Order().Select(patch => new PatchTask(patch, _homes.GetValueOrDefault(patch, "")))],
            }));
        }
        catch (Exception error) when (error is not (InvalidInputException or OperationCanceledException))
        {
            round.IsNew = true;
            DriveLog.Again(log, id, error.Message);
        }
    }
}
