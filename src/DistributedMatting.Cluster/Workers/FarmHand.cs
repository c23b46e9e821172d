using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Cluster.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Cluster.Workers;

/// <summary>
/// Keeps a silo's workers, and the farm's scheduler and catalog, alive: it asks how they are every second or two. Whichever
/// silo dies, another one's question brings to life what was on it.
/// </summary>
public sealed partial class FarmHand(IGrainFactory grains, ILocalSiloDetails silo, FarmOptions options, TimeProvider clock, ILogger<FarmHand> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private IEnumerable<IWorkerGrain> Workers =>
        Enumerable.Range(0, options.Workers).Select(slot => grains.GetGrain<IWorkerGrain>($"{silo.SiloAddress.ToParsableString()}/{slot}"));

    /// <summary>Whether all workers of this silo are ready.</summary>
    public bool IsReady { get; private set; }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        IsReady = false;
        await base.StopAsync(cancellationToken);
        // Before the silo leaves: what is in work ends, the rest goes back.
        await Task.WhenAll(Workers.Select(worker => Ask(() => worker.Drain())));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, clock);
        do
        {
            await Ask(() => grains.GetGrain<ISchedulerGrain>(0).Tick());
            await Ask(() => grains.GetGrain<ICatalogGrain>(0).Tick());
            var ready = 0;
            foreach (var worker in Workers) await Ask(async () => ready += (await worker.Start()).IsReady ? 1 : 0);
            if (!IsReady && ready == options.Workers) Ready(log, ready);
            IsReady = ready == options.Workers;
        }
        while (await Wait(beat, stoppingToken));
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
