using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Cluster.Tests.Workers;

public class FarmBookTests
{
    private readonly ManualTime _clock = new();
    private readonly FarmBook _book;

    public FarmBookTests() => _book = new FarmBook(_clock);

    [Fact]
    public void Worker_ThatIsSilent_IsLost_AndForgottenAfterAnHour()
    {
        _book.Report("silo", "silo/0", Worker("a"));
        Assert.Equal((WorkerState.Idle, "silo/0"), (Assert.Single(_book.List()).State, _book.KeyOf("a")));

        _clock.Pass(FarmBook.LostAfter);
        Assert.Equal((WorkerState.Lost, null), (Assert.Single(_book.List()).State, _book.KeyOf("a")));

        _clock.Pass(FarmBook.ForgottenAfter);
        Assert.Empty(_book.List());
    }

    [Fact]
    public void SiloThatStartsAgain_TakesThePlaceOfTheOneBefore()
    {
        _book.Report("old", "old/0", Worker("a") with { PatchesDone = 7 });
        _book.Report("new", "new/0", Worker("a"));
        Assert.Equal((0, "new/0"), (Assert.Single(_book.List()).PatchesDone, _book.KeyOf("a")));

        _book.Leave("old");
        Assert.Single(_book.List());
        _book.Leave("new");
        Assert.Empty(_book.List());
    }

    [Fact]
    public void Past_IsAskedForOnce_AndGoesOnFromThere()
    {
        Assert.True(_book.Report("silo", "silo/0", Worker("a")));
        var past = new WorkerSample(_clock.GetUtcNow(), 3, 5);
        Assert.False(_book.Report("silo", "silo/0", Worker("a") with { History = [past] }));

        for (var second = 0; second < 10; second++)
        {
            _clock.Pass(TimeSpan.FromSeconds(1));
            Assert.False(_book.Report("silo", "silo/0", Worker("a") with { PatchesPerSecond = 4 }));
        }
        Assert.Equal([past, new WorkerSample(_clock.GetUtcNow(), 4, 0)], Assert.Single(_book.List()).History);
    }

    [Fact]
    public void LargeFarm_IsListedInFewBytes()
    {
        var past = Enumerable.Range(0, 360).Select(i => new WorkerSample(_clock.GetUtcNow().AddSeconds(10 * i), 123.45, 1 << 30)).ToArray();
        for (var worker = 0; worker < 2000; worker++) _book.Report("silo", "silo/0", Worker($"worker{worker}") with { History = past });
        Assert.All(_book.List(), worker => Assert.Equal(10, worker.History.Count));
        Assert.Equal(past[^1], _book.List()[0].History[^1]);
        Assert.InRange(Jobs.Wire.Write(_book.List()).Length, 1, 3_000_000);
    }

    [Fact]
    public void NextBook_KnowsWhoWasThere_AndWhoWasLost()
    {
        _book.Report("gone", "gone/0", Worker("a"));
        _clock.Pass(FarmBook.LostAfter);
        _book.Report("silo", "silo/0", Worker("b") with { State = WorkerState.Working, PatchesPerSecond = 3, PatchesDone = 7 });
        _book.Report("dying", "dying/0", Worker("c"));
        var next = new FarmBook(_clock);
        next.Recall(Jobs.Wire.Read<KnownWorker[]>(Jobs.Wire.Write(_book.Known())));
        Assert.Equal([WorkerState.Lost, WorkerState.Idle, WorkerState.Idle], next.List().Select(worker => worker.State));
        Assert.Equal((7, 0, "silo/0"), (next.List()[1].PatchesDone, next.List()[1].PatchesPerSecond, next.KeyOf("b")));

        Assert.True(next.Report("silo", "silo/0", Worker("b")));
        _clock.Pass(FarmBook.LostAfter / 2);
        next.Report("silo", "silo/0", Worker("b"));
        _clock.Pass(FarmBook.LostAfter / 2);
        Assert.Equal([WorkerState.Lost, WorkerState.Idle, WorkerState.Lost], next.List().Select(worker => worker.State));

        // An hour after the first was heard of, not after the book has changed hands.
        _clock.Pass(FarmBook.ForgottenAfter - 2 * FarmBook.LostAfter);
        Assert.Equal(["b", "c"], next.List().Select(worker => worker.Name));
    }

    [Fact]
    public void OnlyComingAndGoing_IsNews()
    {
        _book.Report("silo", "silo/0", Worker("a") with { State = WorkerState.Starting });
        var before = _book.News;
        _book.Report("silo", "silo/0", Worker("a"));
        Assert.Equal(before + 1, _book.News);
        _book.Report("silo", "silo/0", Worker("a") with { State = WorkerState.Working, PatchesDone = 3 });
        Assert.Equal(before + 1, _book.News);
        _book.Leave("silo");
        Assert.Equal(before + 2, _book.News);
    }

    private static WorkerStatus Worker(string name) =>
        new() { Name = name, State = WorkerState.Idle, Devices = [new WorkerDevice("chip", "cpu")], SinceUtc = default };

    private sealed class ManualTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan time) => _now += time;
    }
}
