using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core.Jobs.Service.Workers;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace DistributedMatting.Cluster.Workers;

/// <summary>A <see cref="FarmBook"/> that all silos can ask. It writes down who is listed, not how they are.</summary>
[Reentrant]
public sealed partial class FarmGrain(
    [PersistentState("farm")] IPersistentState<FarmState> state, TimeProvider clock, ILogger<FarmGrain> log) : Grain, IFarmGrain
{
    private readonly FarmBook _book = new(clock);
    private Task _saving = Task.CompletedTask;
    private int _saved;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.Workers is { } known) _book.Recall(Wire.Read<KnownWorker[]>(known));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> Report(SiloReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var wanted = false;
        foreach (var (worker, key) in report.Workers.Zip(report.Keys))
            wanted |= _book.Report(report.Silo, key, Wire.Read<WorkerStatus>(worker));
        Save();
        return Task.FromResult(wanted);
    }

    /// <inheritdoc/>
    public Task Leave(string silo)
    {
        _book.Leave(silo);
        Save();
        return _saving;
    }

    /// <inheritdoc/>
    public Task<string> List() => Task.FromResult(Wire.Write(_book.List()));

    /// <inheritdoc/>
    public async Task<string?> SetDrain(string worker, bool drains) =>
        _book.KeyOf(worker) is { } key ? await GrainFactory.GetGrain<IWorkerGrain>(key).SetDrain(drains) : null;

    // One at a time; what comes meanwhile goes out together. If it cannot be written, the next report tries again.
    private void Save()
    {
        if (_saving.IsCompleted && _book.News != _saved) _saving = SaveAsync();
    }

    private async Task SaveAsync()
    {
        try
        {
            while (_book.News != _saved)
            {
                var news = _book.News;
                state.State.Workers = Wire.Write(_book.Known());
                await state.WriteStateAsync();
                _saved = news;
            }
        }
        catch (Exception error)
        {
            NotWritten(log, error.Message);
            await ReadAsync();
        }
    }

    // Another farm grain, thought dead, may have written: what is here is newer, and goes over it.
    private async Task ReadAsync()
    {
        try
        {
            await state.ReadStateAsync();
        }
        catch (Exception)
        {
            // It is read again when it cannot be written again.
        }
    }

    [LoggerMessage(32, LogLevel.Warning, "the list of workers was not written down: {Why}")]
    private static partial void NotWritten(ILogger log, string why);
}

/// <summary>What a farm grain leaves to the next.</summary>
[GenerateSerializer, Alias("matting.FarmState")]
public sealed class FarmState
{
    /// <summary>Who is listed, as JSON; null where nobody has been.</summary>
    [Id(0)]
    public string? Workers { get; set; }
}
