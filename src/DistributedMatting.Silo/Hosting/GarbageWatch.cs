using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Silo.Hosting;

/// <summary>
/// Has arrays of old results collected before new ones take memory that the process never had. A silo keeps results and
/// activations on purpose; the collector takes a large heap that lives as leave to let four times as much of it go to waste
/// first: 3.6 GB after ten plates of 6000×6000 pixels, each page of it a fault. A collection of few and large arrays takes
/// milliseconds.
/// </summary>
/// <param name="clock">Tells when to look.</param>
public sealed class GarbageWatch(TimeProvider clock) : BackgroundService
{
    private const long Most = 256L << 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);

    private long _allocated;
    private int _collections;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) Look();
    }

    private void Look()
    {
        var (allocated, collections) = (GC.GetTotalAllocatedBytes(), GC.CollectionCount(GC.MaxGeneration));
        if (collections == _collections)
        {
            if (allocated - _allocated < Most) return;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
        (_allocated, _collections) = (allocated, GC.CollectionCount(GC.MaxGeneration));
    }
}
