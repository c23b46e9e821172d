namespace DistributedMatting.Core.Scheduling;

/// <summary>Which workers ask, on which silos, and which do nothing but fail.</summary>
internal sealed class WorkerRecords(SchedulerOptions options, TimeProvider clock)
{
    // A worker that waits asks every few seconds; one that has not asked for so long has a lease, drains, or is no more.
    private static readonly TimeSpan Silent = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Asked> _asked = [];
    private readonly Dictionary<string, Streak> _streaks = [];
    private readonly Dictionary<string, long> _good = [];

    // Of those that have asked: it is wanted for every lease.
    private long _capacity;

    /// <summary>A worker asks for patches.</summary>
    public void Ask(WorkerOffer worker)
    {
        Rest(worker.Worker);
        _asked[worker.Worker] = new Asked(worker, clock.GetTimestamp());
        _capacity += worker.Capacity;
    }

    /// <summary>A worker takes nothing for now.</summary>
    public void Rest(string worker)
    {
        if (_asked.Remove(worker, out var asked)) _capacity -= asked.Worker.Capacity;
    }

    /// <summary>Forgets silos that are gone, and workers that have not asked for long.</summary>
    public void Keep(IReadOnlySet<string> silos)
    {
        foreach (var (worker, asked) in _asked.ToArray())
            if (!IsLate(asked) || !silos.Contains(asked.Worker.Silo)) Rest(worker);
    }

    /// <summary>Forgets a worker that began anew.</summary>
    public void Forget(string worker)
    {
        Rest(worker);
        _streaks.Remove(worker);
        _good.Remove(worker);
    }

    /// <summary>Silos whose workers have asked lately.</summary>
    public IEnumerable<string> Silos() => _asked.Values.Where(IsLate).Select(asked => asked.Worker.Silo);

    /// <summary>Patches that all others which have asked take at once.</summary>
    public long CapacityBeside(WorkerOffer worker) =>
        _capacity - (_asked.TryGetValue(worker.Worker, out var self) ? self.Worker.Capacity : 0);

    /// <summary>A worker has done patches.</summary>
    public void Good(string worker)
    {
        _streaks.Remove(worker);
        _good[worker] = clock.GetTimestamp();
    }

    /// <summary>A patch failed on a worker.</summary>
    public void Bad(string worker)
    {
        var now = clock.GetTimestamp();
        var streak = _streaks.GetValueOrDefault(worker);
        _streaks[worker] = new Streak(streak.Count + 1, streak.Count == 0 ? now : streak.Since, now);
    }

    /// <summary>Patches that a worker may take now: 0 while it rests, 1 when it has to show what it can do.</summary>
    public int CapacityOf(WorkerOffer worker)
    {
        if (!_streaks.TryGetValue(worker.Worker, out var streak) || streak.Count < options.RestAfter) return worker.Capacity;
        // Where all fail it is not the worker, and nobody rests.
        if (!_good.Any(other => other.Key != worker.Worker && other.Value >= streak.Since)) return worker.Capacity;
        return clock.GetElapsedTime(streak.Last) < options.Rest ? 0 : 1;
    }

    private bool IsLate(Asked asked) => clock.GetElapsedTime(asked.At) < Silent;

    private readonly record struct Asked(WorkerOffer Worker, long At);

    private readonly record struct Streak(int Count, long Since, long Last);
}
