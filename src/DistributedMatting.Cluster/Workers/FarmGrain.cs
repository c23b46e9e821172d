using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core.Jobs.Service.Workers;
using Orleans.Concurrency;

namespace DistributedMatting.Cluster.Workers;

/// <summary>A <see cref="FarmBook"/> that all silos can ask.</summary>
[Reentrant]
public sealed class FarmGrain(TimeProvider clock) : Grain, IFarmGrain
{
    private readonly FarmBook _book = new(clock);

    /// <inheritdoc/>
    public Task<bool> Report(SiloReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var wanted = false;
        foreach (var (worker, key) in report.Workers.Zip(report.Keys))
            wanted |= _book.Report(report.Silo, key, Wire.Read<WorkerStatus>(worker));
        return Task.FromResult(wanted);
    }

    /// <inheritdoc/>
    public Task Leave(string silo)
    {
        _book.Leave(silo);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string> List() => Task.FromResult(Wire.Write(_book.List()));

    /// <inheritdoc/>
    public async Task<string?> SetDrain(string worker, bool drains) =>
        _book.KeyOf(worker) is { } key ? await GrainFactory.GetGrain<IWorkerGrain>(key).SetDrain(drains) : null;
}
