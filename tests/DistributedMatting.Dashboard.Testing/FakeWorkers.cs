using DistributedMatting.Dashboard.Testing.Jobs;

namespace DistributedMatting.Dashboard.Testing;

/// <summary>Two workers with an hour behind them.</summary>
public sealed class FakeWorkers
{
    private readonly List<Worker> _workers = [Make("atlas", "cpu", 1.0), Make("borealis", "cuda", 3.2)];

    internal IReadOnlyList<Worker> All => _workers;

    internal EventLog Events { get; } = new();

    /// <summary>What a worker does now.</summary>
    public void Set(string name, string state, string? job, string? stage)
    {
        var index = _workers.FindIndex(worker => worker.Name == name);
        _workers[index] = _workers[index] with { State = state, Job = job, Stage = stage, PatchesPerSecond = job is null ? 0 : _workers[index].History[^1].PatchesPerSecond };
        Events.Add("workers", _workers);
    }

    private static Worker Make(string name, string kind, double speed)
    {
        var now = DateTimeOffset.UtcNow;
        var history = Enumerable.Range(0, 360).Select(i => new Sample(
            now.AddSeconds(-10 * (359 - i)),
            (i / 70 % 3 == 1 ? 0 : 1) * speed * (11 + (3 * Math.Sin(i / 9.0)) + Math.Sin(i * 1.7)),
            (long)(820e6 + (180e6 * Math.Sin(i / 40.0))))).ToList();
        return new Worker(name, "idle", [new Device(kind == "cpu" ? "AMD EPYC, 2 threads" : "NVIDIA H200", kind)], null, null, 0, 10_412, 861_000_000, now.AddHours(-7), history);
    }

    internal sealed record Device(string Name, string Kind);

    internal sealed record Sample(DateTimeOffset Time, double PatchesPerSecond, long MemoryBytes);

    internal sealed record Worker(
        string Name, string State, IReadOnlyList<Device> Devices, string? Job, string? Stage, double PatchesPerSecond, long PatchesDone,
        long MemoryBytes, DateTimeOffset SinceUtc, IReadOnlyList<Sample> History);
}
