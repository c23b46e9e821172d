using System.Diagnostics;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Workstation.Encoding;
using DistributedMatting.Workstation.Threads;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Matting;

/// <summary>Mattes every query that has no alpha yet, in row order, so that the stitcher can follow closely.</summary>
internal sealed class MatteStage(
    PlateJob job, PlateQueries queries, PatchEncoder encoder, TokenStore? tokens, ActivationCache cache,
    ContextRanking? ranking, PatchStore patches, ThreadTime time)
{
    private int _hits;
    private int _misses;

    public int CacheHits => Volatile.Read(ref _hits);

    public int CacheMisses => Volatile.Read(ref _misses);

    /// <param name="threads">Patches in work at once.</param>
    /// <param name="finished">Told a patch's index as soon as its alpha can be read.</param>
    /// <param name="cancellation">Stops between patches.</param>
    public void Run(int threads, Action<int> finished, CancellationToken cancellation)
    {
        var clock = new StageClock(
            job.Clock, job.Progress, MattingStage.Matte, queries.Count, "patches", queries.Count - queries.ToMatte.Count);
        var network = job.Network;
        WorkerGroup.Run("matte", threads, queries.ToMatte.Count, () => new MatteBuffers(network.Shape, encoder), (own, order) =>
        {
            var slot = queries.ToMatte[order];
            var patch = queries[slot];
            job.Step(patch.Index, PatchState.Matted, () =>
            {
                var activations = Activations(own, order, slot);
                var contexts = own.Contexts(ranking?.Of(patch.Index).Patches ?? [], Read);
                var began = Stopwatch.GetTimestamp();
                using (time.Of(Work.NetworkMatte)) network.Matte(activations, contexts, own.Alpha);
                MattingTelemetry.Inferred(MattingStage.Matte, began);
                own.Encode(patch.Index);
                patches.Write(slot, own.Units);
            });
            finished(patch.Index);
            clock.Add(1);
        }, cancellation);
    }

    private ReadOnlyMemory<byte> Activations(MatteBuffers own, int order, int slot)
    {
        using (time.Of(Work.Stores))
        {
            if (cache.TryTake(order, own.Activations, out var activations))
            {
                Interlocked.Increment(ref _hits);
                MattingTelemetry.LookedUp(hit: true);
                return activations;
            }
        }
        if (tokens is not null)
        {
            Interlocked.Increment(ref _misses);
            MattingTelemetry.LookedUp(hit: false);
        }

        return own.Encoder.Encode(queries[slot], own.Tokens, own.Activations).Activations;
    }

    private void Read(int patch, byte[] buffer)
    {
        using (time.Of(Work.Stores)) tokens!.Read(queries.SlotOf(patch), buffer);
    }
}
