using DistributedMatting.Core.Scheduling;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Scheduling;

public class PatchSchedulerTests
{
    private readonly ManualTime _time = new();
    private readonly SchedulerOptions _options = new() { NoProgress = TimeSpan.FromSeconds(30) };
    private readonly PatchScheduler _scheduler;

    public PatchSchedulerTests() => _scheduler = new PatchScheduler(_options, _time, 1);

    [Fact]
    public void HigherPriority_GoesFirst_ThenFirstInFirstOut()
    {
        Offer("late", order: 3);
        Offer("early", order: 1);
        Offer("urgent", order: 9, priority: 90);

        Assert.Equal(["urgent", "early", "late"], Enumerable.Range(0, 3).Select(_ => Take(capacity: 8)!.Job));
        Assert.Null(Take());
    }

    [Fact]
    public void Projects_ShareEvenly_HoweverManyJobsEachHas()
    {
        for (var i = 0; i < 5; i++) Offer($"big{i}", project: "big", order: i, patches: 100);
        Offer("small", project: "small", order: 9, patches: 100);

        var jobs = Enumerable.Range(0, 20).Select(_ => Take()!.Job).ToArray();

        Assert.Equal(10, jobs.Count(job => job == "small"));
        Assert.All(jobs.Where(job => job != "small"), job => Assert.Equal("big0", job));
    }

    [Fact]
    public void ProjectThatWasAway_DoesNotSaveUpWhatItDidNotUse()
    {
        Offer("a", project: "a", patches: 1000);
        for (var i = 0; i < 100; i++) Take();
        Offer("b", project: "b", order: 2, patches: 1000);

        var jobs = Enumerable.Range(0, 20).Select(_ => Take()!.Job).ToArray();

        Assert.InRange(jobs.Count(job => job == "b"), 10, 11);
    }

    [Fact]
    public void Tokens_Grow_AndThoseOfTheNextTermAreLarger()
    {
        Offer("job");
        var tokens = Enumerable.Range(0, 4).Select(_ => Take(capacity: 1)!.Token).ToArray();
        var next = new PatchScheduler(_options, _time, 2);
        next.Offer(Round("job"));

        Assert.Equal(tokens.Order(), tokens);
        Assert.True(next.Take(new WorkerOffer("w", "s", 1))!.Token > tokens[^1]);
    }

    [Fact]
    public void LeaseWithoutProgress_GoesToAnother_AndItsTokenIsWorthNothing()
    {
        Offer("job", patches: 2);
        var stuck = Take("stuck", capacity: 2)!;
        _time.Pass(TimeSpan.FromSeconds(29));
        Assert.Equal(0, _scheduler.Expire());
        _time.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _scheduler.Expire());
        Assert.False(_scheduler.Done(stuck.Token, [0]));
        Assert.Equal(1, _scheduler.StaleAnswers);
        Assert.Equal([0, 1], Drain("other").Order());
    }

    [Fact]
    public void OrdinaryAnswers_AreNotStale()
    {
        Offer("job", patches: 12);
        var whole = Take("one", capacity: 2)!;
        Assert.True(_scheduler.Answer(whole.Token, whole.Patches, []));
        var half = Take("two", capacity: 2)!;
        Assert.True(_scheduler.Answer(half.Token, [half.Patches[0]], []));
        var failed = Take("one", capacity: 2)!;
        Assert.True(_scheduler.Answer(failed.Token, [], [.. failed.Patches.Select(patch => (patch, "it burns"))]));
        Assert.Equal((0, 0), (_scheduler.Leased, _scheduler.StaleAnswers));
        Assert.Equal(9, _scheduler.Waiting);
        Assert.Contains(half.Patches[1], Drain("three"));
    }

    [Fact]
    public void AnswerAfterItsRoundHasEnded_IsNotStale_ButOneAfterAnExpiredLeaseIs_Once()
    {
        Offer("job", patches: 1);
        var last = Take("one")!;
        _scheduler.Withdraw("job");
        Assert.False(_scheduler.Answer(last.Token, last.Patches, []));
        Assert.Equal(0, _scheduler.StaleAnswers);
        // Said again, it is an answer to nothing.
        Assert.False(_scheduler.Answer(last.Token, last.Patches, []));
        Assert.Equal(1, _scheduler.StaleAnswers);

        Offer("next", patches: 2);
        var stuck = Take("one", capacity: 2)!;
        _time.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _scheduler.Expire());
        Assert.False(_scheduler.Answer(stuck.Token, [0], [(1, "it burns")]));
        Assert.Equal(2, _scheduler.StaleAnswers);
    }

    [Fact]
    public void Progress_KeepsALeaseAlive()
    {
        Offer("job", patches: 3);
        var lease = Take(capacity: 3)!;
        foreach (var patch in lease.Patches)
        {
            _time.Pass(TimeSpan.FromSeconds(20));
            Assert.Equal(0, _scheduler.Expire());
            Assert.True(_scheduler.Done(lease.Token, [patch]));
        }
        Assert.Equal((0, 0), (_scheduler.Waiting, _scheduler.Leased));
        Assert.False(_scheduler.Done(lease.Token, []));
    }

    [Fact]
    public void FailedPatch_IsTriedOnAnotherWorker_ThenReported()
    {
        Offer("job", patches: 1);
        var first = Take("one")!;
        Assert.True(_scheduler.Fail(first.Token, 0, "it burns"));
        Assert.Null(Take("one"));
        var second = Take("two")!;
        _scheduler.Fail(second.Token, 0, "it burns here too");

        Assert.Null(Take("three"));
        var poison = Assert.Single(_scheduler.PoisonOf("job"));
        Assert.Equal((0, "it burns here too"), (poison.Patch, poison.Error));
        Assert.Equal(["one", "two"], poison.Workers);
    }

    [Fact]
    public void TwoWorkersOfOneSilo_AreOneWitness_WhereAnotherSiloCanTry()
    {
        Offer("job", patches: 2);
        _scheduler.Done(Take("good", silo: "well")!.Token, [0]);
        _scheduler.Fail(Take("one", silo: "ill")!.Token, 1, "it burns");
        Assert.Null(Take("two", silo: "ill"));
        _time.Pass(_options.AnotherWorker);
        _scheduler.Fail(Take("two", silo: "ill")!.Token, 1, "it burns");
        Assert.Empty(_scheduler.PoisonOf("job"));

        Assert.Equal([1], Take("good", silo: "well")!.Patches);
    }

    [Fact]
    public void PatchThatFailsOnTwoSilos_IsReported()
    {
        Offer("job", patches: 1);
        _scheduler.Fail(Take("one", silo: "a")!.Token, 0, "it burns");
        _scheduler.Fail(Take("two", silo: "b")!.Token, 0, "it burns here too");
        Assert.Equal((2, 2), (Assert.Single(_scheduler.PoisonOf("job")).Silos, _scheduler.PoisonOf("job")[0].Failures));
    }

    [Fact]
    public void LoneWorker_ThatFailsTwice_IsOneWorker()
    {
        Offer("job", patches: 1);
        _scheduler.Fail(Take("one")!.Token, 0, "it burns");
        _time.Pass(_options.AnotherWorker);
        _scheduler.Fail(Take("one")!.Token, 0, "it burns");
        var poison = Assert.Single(_scheduler.PoisonOf("job"));
        Assert.Equal((1, 2), (poison.Workers.Count, poison.Failures));
    }

    [Fact]
    public void WorkerThatOnlyFails_RestsWhileOthersSucceed_ThenShowsWhatItCanDo()
    {
        Offer("job", patches: 100);
        var lease = Take("ill", _options.RestAfter, "a")!;
        _scheduler.Answer(lease.Token, [], lease.Patches.Select(patch => (patch, "it burns")));
        // Those that failed would go alone; others did them meanwhile.
        foreach (var patch in lease.Patches) _scheduler.Done("job", "matte", patch);
        // Nobody has done better so far.
        _scheduler.GiveBack(Take("ill", 4, "a")!.Token);
        var good = Take("well", 4, "b")!;
        _scheduler.Answer(good.Token, good.Patches, []);

        Assert.Null(Take("ill", 4, "a"));
        _time.Pass(_options.Rest);
        var trial = Take("ill", 4, "a")!;
        Assert.Single(trial.Patches);
        _scheduler.Answer(trial.Token, trial.Patches, []);
        Assert.Equal(4, Take("ill", 4, "a")!.Patches.Count);
    }

    [Fact]
    public void AnotherKey_IsAnotherRound()
    {
        _scheduler.Offer(Round("job") with { Key = "old" });
        var old = Take()!;
        _scheduler.Offer(Round("job") with { Key = "new" });
        Assert.False(_scheduler.Done(old.Token, old.Patches));
        Assert.Equal("new", Take()!.Key);
    }

    [Fact]
    public void OnlyWorker_MayTryAgainAfterAWhile()
    {
        Offer("job", patches: 1);
        _scheduler.Fail(Take("one")!.Token, 0, "it burns");
        Assert.Null(Take("one"));
        _time.Pass(_options.AnotherWorker);

        Assert.Equal([0], Take("one")!.Patches);
    }

    [Fact]
    public void PatchThatTakesItsWorkersDown_GoesAlone_ThenIsReported()
    {
        Offer("job", patches: 4);
        for (var i = 0; i < _options.MaxLost; i++)
        {
            PatchLease lease;
            do
            {
                lease = Take($"worker{i}", capacity: 4, silo: $"silo{i}")!;
                if (!lease.Patches.Contains(0)) _scheduler.Done(lease.Token, lease.Patches);
            }
            while (!lease.Patches.Contains(0));

            if (i > 0) Assert.Equal([0], lease.Patches);
            Assert.Equal(1, _scheduler.Keep(new HashSet<string> { "another" }));
        }
        Assert.Equal([1, 2, 3], Drain("last").Order());
        Assert.Equal(0, Assert.Single(_scheduler.PoisonOf("job")).Patch);
    }

    [Fact]
    public void GivenBack_IsNoTrouble()
    {
        Offer("job", patches: 2);
        var lease = Take(capacity: 2)!;
        _scheduler.Done(lease.Token, [1]);

        Assert.True(_scheduler.GiveBack(lease.Token));
        Assert.Equal([0], Take()!.Patches);
        Assert.Empty(_scheduler.PoisonOf("job"));
        Assert.Equal(0, _scheduler.LeasesLost);
    }

    [Fact]
    public void OfferThatCrossesALease_GivesNothingOutTwice()
    {
        Offer("job", patches: 3);
        var lease = Take(capacity: 2)!;
        Offer("job", patches: 3);

        Assert.Equal([0, 1], lease.Patches);
        Assert.Equal([2], Take(capacity: 3)!.Patches);
        Assert.Null(Take());
    }

    [Fact]
    public void NextStage_ReplacesTheOneBefore()
    {
        Offer("job", stage: "encode", patches: 2);
        var old = Take()!;
        Offer("job", stage: "matte", patches: 2);

        Assert.False(_scheduler.Done(old.Token, [0]));
        Assert.Equal("matte", Take()!.Stage);
    }

    [Fact]
    public void Withdrawn_IsGone_LeasesToo()
    {
        Offer("job", patches: 3);
        var lease = Take()!;
        _scheduler.Withdraw("job");

        Assert.Null(Take());
        Assert.False(_scheduler.GiveBack(lease.Token));
        Assert.Equal((0, 0), (_scheduler.Waiting, _scheduler.Leased));
    }

    [Fact]
    public void Patches_GoWhereTheirActivationsAre_AndHalfOfThemToWhomHasNothingToDo()
    {
        PatchTask[] tasks = [new(0, "a"), new(1, "b"), new(2, "a"), new(3, "b"), new(4, "b"), new(5, "b"), new(6)];
        _scheduler.Offer(Round("job") with { Patches = tasks });

        Assert.Equal([0, 2, 6], Take(silo: "a", capacity: 4)!.Patches);
        Assert.Equal([1, 3], Take(silo: "a", capacity: 4)!.Patches);
        Assert.Equal([4, 5], Take(silo: "b", capacity: 4)!.Patches);
    }

    // A worker takes what it does in two seconds, whatever its speed; all end within a patch or so of each other.
    [Theory]
    [InlineData(22, 22)]
    [InlineData(64, 58, 45, 32)]
    [InlineData(40, 4)]
    public void TowardsTheEnd_LeasesAreSmall_SoThatNobodyWaitsForALongOne(params int[] capacities)
    {
        Offer("job", patches: 200);
        var free = capacities.Select(_ => 0.0).ToArray();
        // All have asked before.
        for (var worker = 0; worker < free.Length; worker++) _scheduler.GiveBack(Take($"w{worker}", capacities[worker])!.Token);
        while (true)
        {
            var worker = Array.IndexOf(free, free.Min());
            if (Take($"w{worker}", capacities[worker]) is not { } lease) break;
            _scheduler.Done(lease.Token, lease.Patches);
            free[worker] += (double)lease.Patches.Count / capacities[worker];
        }
        Assert.InRange(free.Max() - free.Min(), 0, 1.5 / capacities.Min());
    }

    [Fact]
    public void WorkerThatRests_IsNotWaitedFor_AndOneWithALongLeaseIs()
    {
        Offer("job", patches: 40);
        var held = Take("long", capacity: 8)!;
        _scheduler.GiveBack(Take("rests", capacity: 8)!.Token);
        _scheduler.Rest("rests");
        _time.Pass(TimeSpan.FromSeconds(50));
        _scheduler.Done(held.Token, [held.Patches[0]]);
        _time.Pass(TimeSpan.FromSeconds(50));
        _scheduler.Keep(new HashSet<string> { "silo" });

        Assert.Equal(8, Take("here", capacity: 8)!.Patches.Count); // 32 wait, two take 8: a half of a half
        Assert.Equal(6, Take("here", capacity: 8)!.Patches.Count);
        _scheduler.Rest("long");
        Assert.Equal(8, Take("here", capacity: 8)!.Patches.Count);
    }

    [Fact]
    public void LoneWorker_TakesAllThatItCan()
    {
        Offer("job", patches: 3);
        Assert.Equal(3, Take(capacity: 22)!.Patches.Count);
    }

    private void Offer(string job, string stage = "matte", string project = "", int priority = 50, long order = 1, int patches = 8) =>
        _scheduler.Offer(Round(job, stage, project, priority, order, patches));

    private static PatchRound Round(string job, string stage = "matte", string project = "", int priority = 50, long order = 1, int patches = 8) => new()
    {
        Job = job,
        Stage = stage,
        Project = project,
        Priority = priority,
        Order = order,
        Patches = [.. Enumerable.Range(0, patches).Select(patch => new PatchTask(patch))],
    };

    private PatchLease? Take(string worker = "worker", int capacity = 1, string silo = "silo") =>
        _scheduler.Take(new WorkerOffer(worker, silo, capacity));

    private List<int> Drain(string worker)
    {
        var done = new List<int>();
        while (Take(worker, 4, worker) is { } lease)
        {
            Assert.True(_scheduler.Done(lease.Token, lease.Patches));
            done.AddRange(lease.Patches);
        }
        return done;
    }
}
