using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Workstation.Workers;

namespace DistributedMatting.Cluster.Workers;

/// <summary>What is known of a farm's workers. One caller at a time.</summary>
internal sealed class FarmBook(TimeProvider clock)
{
    /// <summary>A worker that nothing was heard of for so long counts as lost: ten reports.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(10);

    /// <summary>A worker that is lost is listed for so long; then it is forgotten.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    // A sample is some 90 bytes as JSON, and a message stays below 2 MB.
    private const int MostSamples = 20_000;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(10);

    /// <summary>Counts what whoever keeps the book next should know: workers that come, are ready, or go.</summary>
    public int News { get; private set; }

    // By name: a silo that is started again takes the place of the one before.
    private readonly Dictionary<string, Entry> _workers = [];

    /// <summary>Takes down how a worker is.</summary>
    /// <returns>Whether its past is not known here.</returns>
    public bool Report(string silo, string key, WorkerStatus worker)
    {
        var now = clock.GetUtcNow();
        var known = _workers.GetValueOrDefault(worker.Name);
        var entry = known is not null && known.Key == key ? known : new Entry(silo, key);
        if (entry != known || (known.Status.State == WorkerState.Starting) != (worker.State == WorkerState.Starting)) News++;
        _workers[worker.Name] = entry;
        if (worker.History.Count > 0) entry.History = new Queue<WorkerSample>(worker.History);
        else if (entry.History.Count > 0 && now - entry.History.Last().Time >= SampleEvery) Sample(entry.History, worker, now);

        (entry.Status, entry.Heard) = (worker with { History = [] }, now);
        return worker.History.Count == 0 && entry.History.Count == 0;
    }

    /// <summary>Forgets the workers of a silo.</summary>
    public void Leave(string silo)
    {
        foreach (var (name, _) in _workers.Where(worker => worker.Value.Silo == silo).ToArray()) Remove(name);
    }

    /// <summary>Who is listed, without their past.</summary>
    public IReadOnlyList<KnownWorker> Known() =>
        [.. _workers.Values.Select(entry => new KnownWorker(entry.Silo, entry.Key, entry.Status, IsLost(entry, clock.GetUtcNow()) ? entry.Heard : null))];

    /// <summary>Begins with whom the one before has listed. Those that are there say so within seconds, the others are lost.</summary>
    public void Recall(IReadOnlyList<KnownWorker> known)
    {
        foreach (var (silo, key, status, lost) in known)
        {
            _workers[status.Name] = new Entry(silo, key)
            {
                Heard = lost ?? clock.GetUtcNow(),
                Status = status with { State = status.State == WorkerState.Working ? WorkerState.Idle : status.State, Job = null, Stage = null, PatchesPerSecond = 0 },
            };
        }
    }

    /// <summary>All workers, by name, with as much of their past as fits.</summary>
    public IReadOnlyList<WorkerStatus> List()
    {
        var now = clock.GetUtcNow();
        foreach (var (name, _) in _workers.Where(worker => now - worker.Value.Heard >= ForgottenAfter).ToArray()) Remove(name);
        var each = MostSamples / Math.Max(1, _workers.Count);
        return [.. _workers.OrderBy(worker => worker.Key, StringComparer.Ordinal).Select(worker => Status(worker.Value, now, each))];
    }

    /// <summary>The key of a worker's grain; null if there is none of this name, or it is lost.</summary>
    public string? KeyOf(string name) =>
        _workers.TryGetValue(name, out var entry) && !IsLost(entry, clock.GetUtcNow()) ? entry.Key : null;

    private void Remove(string name)
    {
        _workers.Remove(name);
        News++;
    }

    private static bool IsLost(Entry entry, DateTimeOffset now) => now - entry.Heard >= LostAfter;

    private static void Sample(Queue<WorkerSample> history, WorkerStatus worker, DateTimeOffset now)
    {
        history.Enqueue(new WorkerSample(now, worker.PatchesPerSecond, worker.MemoryBytes));
        if (history.Count > WorkerMeter.History) history.Dequeue();
    }

    private static WorkerStatus Status(Entry entry, DateTimeOffset now, int samples)
    {
        var status = entry.Status with { History = [.. entry.History.TakeLast(samples)] };
        if (!IsLost(entry, now)) return status;
        return status with { State = WorkerState.Lost, Job = null, Stage = null, PatchesPerSecond = 0, MemoryBytes = 0 };
    }

    private sealed class Entry(string silo, string key)
    {
        public string Silo => silo;

        public string Key => key;

        public WorkerStatus Status { get; set; } = null!;

        public DateTimeOffset Heard { get; set; }

        public Queue<WorkerSample> History { get; set; } = new();
    }
}
