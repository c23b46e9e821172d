using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Core.Jobs.Service.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Cluster.Workers;

/// <summary>
/// Keeps a silo's workers, and the farm's scheduler and catalog, alive: it asks how they are every second or two, and tells
/// the farm of its workers. Whichever silo dies, another one's question brings to life what was on it.
/// </summary>
public sealed partial class FarmHand(IGrainFactory grains, ILocalSiloDetails silo, FarmOptions options, TimeProvider clock, ILogger<FarmHand> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private bool _history;

    private string Silo => silo.SiloAddress.ToParsableString();

    private IEnumerable<IWorkerGrain> Workers => Enumerable.Range(0, options.Workers).Select(slot => grains.GetGrain<IWorkerGrain>($"{Silo}/{slot}"));

    private IFarmGrain Farm => grains.GetGrain<IFarmGrain>(0);

    /// <summary>Whether all workers of this silo are ready.</summary>
    public bool IsReady { get; private set; }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        IsReady = false;
        await base.StopAsync(cancellationToken);
        // Before the silo leaves: what is in work ends, the rest goes back.
        await Task.WhenAll(Workers.Select(worker => Ask(() => worker.Leave())));
        await Ask(() => Farm.Leave(Silo));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, clock);
        do
        {
            await Ask(() => grains.GetGrain<ISchedulerGrain>(0).Tick());
            await Ask(() => grains.GetGrain<ICatalogGrain>(0).Tick());
            await TellAsync();
        }
        while (await Wait(beat, stoppingToken));
    }

    private async Task TellAsync()
    {
        var (told, keys) = (new List<string>(), new List<string>());
        foreach (var worker in Workers)
        {
            await Ask(async () =>
            {
                told.Add(await worker.Start(_history));
                keys.Add(worker.GetPrimaryKeyString());
            });
        }
        var ready = told.Count(worker => Wire.Read<WorkerStatus>(worker).State != WorkerState.Starting);
        if (!IsReady && ready == options.Workers) Ready(log, ready);
        IsReady = ready == options.Workers;
        await Ask(async () => _history = await Farm.Report(new SiloReport(Silo, [.. told], [.. keys])));
    }

    private static async Task<bool> Wait(PeriodicTimer beat, CancellationToken stop)
    {
        try
        {
            return await beat.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Ask(Func<Task> question)
    {
        try
        {
            await question();
        }
        catch (Exception error)
        {
            NotReached(log, error.Message);
        }
    }

    [LoggerMessage(30, LogLevel.Information, "ready: {Workers} workers")]
    private static partial void Ready(ILogger log, int workers);

    [LoggerMessage(31, LogLevel.Warning, "not reached: {Why}")]
    private static partial void NotReached(ILogger log, string why);
}
