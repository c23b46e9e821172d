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
            Log.Again(log, id, error.Message);
        }
    }

    /// <summary>The patches of a stage that are not in the ledger yet.</summary>
    private sealed class Round(string key, string stage, int[] patches, IReadOnlyList<int> done)
    {
        private TaskCompletionSource _changed = NewSignal();

        public string Key => key;

        public string Stage => stage;

        /// <summary>Whether patches wait for the plate to be ranked again.</summary>
        public bool HasLostRanking { get; private set; }

        public HashSet<int> Left { get; } = [.. patches.Except(done)];

        public Dictionary<int, string> Homes { get; } = [];

        /// <summary>Whether the scheduler should hear of it once more.</summary>
        public bool IsNew { get; set; } = true;

        public Task Changed => _changed.Task;

        public void Committed(string of, int[] committed, string home)
        {
            if (of != stage) return;
            foreach (var patch in committed)
            {
                Left.Remove(patch);
                if (home.Length > 0) Homes[patch] = home;
            }
            Signal();
        }

        /// <summary>What the ledger says; what nobody told of is no longer to be given out.</summary>
        public void Found(IReadOnlyList<int> committed)
        {
            var before = Left.Count;
            Left.ExceptWith(committed);
            if (Left.Count < before) IsNew = true;
        }

        /// <summary>Results that are lost or damaged: they are made again.</summary>
        public void Again(IReadOnlyList<int> missing)
        {
            if (missing.Count == 0) return;
            Left.UnionWith(missing);
            IsNew = true;
        }

        public void LoseRanking()
        {
            HasLostRanking = true;
            Signal();
        }

        public void Reoffer()
        {
            IsNew = true;
            Signal();
        }

        private void Signal()
        {
            var changed = _changed;
            _changed = NewSignal();
            changed.SetResult();
        }

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
