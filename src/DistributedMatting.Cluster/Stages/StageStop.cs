using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Stages;

/// <summary>Stops the stages of a job, wherever they are, before its files go.</summary>
internal sealed class StageStop(IGrainFactory grains, FarmFolder folder, FarmOptions options)
{
    // Within a call's time. A stage that is not heard of has lost its silo, or finds its files gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>Ends when nothing of the job is in work, or has not answered for too long.</summary>
    public async Task RunAsync(string job, long attempt)
    {
        var bands = await Task.Run(() => Bands(job));
        IStageGrain[] stages =
        [
            grains.GetGrain<ITilingGrain>(job), grains.GetGrain<IContextGrain>(job), grains.GetGrain<IJoinGrain>(job),
            .. Enumerable.Range(0, bands).Select(number => grains.GetGrain<IStitcherGrain>(StageNames.Band(job, number))),
        ];
        using var limit = new CancellationTokenSource(Patience);
        await Task.WhenAll(stages.Select(stage => StopAsync(stage, attempt, limit.Token)));
    }

    private static async Task StopAsync(IStageGrain stage, long attempt, CancellationToken limit)
    {
        while (!limit.IsCancellationRequested)
        {
            try
            {
                if (await stage.Cancel(attempt).WaitAsync(limit)) return;
            }
            catch (Exception)
            {
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(200), limit));
            }
        }
    }

    private int Bands(string job)
    {
        if (PlateRoom.Look(folder.Plate(job)) is not { } plate) return 0;
        return PlateBand.Of(new Core.Patches.PatchGrid(plate.Size, plate.Patch, plate.Margin), options.BandRows).Count;
    }
}
