using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Threads;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Encoding;

/// <summary>
/// Every patch with unknown pixels goes through the encoder once: its tokens and pooled vectors to the store, and,
/// if it is still to be matted, its activations to the cache.
/// </summary>
internal sealed class EncodeStage(PlateJob job, PlateQueries queries, PatchEncoder encoder, TokenStore tokens, ActivationCache cache)
{
    public void Run(int threads, CancellationToken cancellation)
    {
        var missing = Enumerable.Range(0, queries.Count).Where(slot => !tokens.Has(slot)).ToArray();
        foreach (var slot in queries.ToMatte.Where(tokens.Has)) job.Observer?.Became(queries[slot].Index, PatchState.Encoded);
        var clock = new StageClock(job.Clock, job.Progress, MattingStage.Encode, queries.Count, "patches", queries.Count - missing.Length);
        WorkerGroup.Run("encode", threads, missing.Length, () => new EncodeBuffers(encoder.NewWorker(), job.Network.Shape), (own, i) =>
        {
            var slot = missing[i];
            var isToMatte = queries.MatteOrder(slot) is not null;
            job.Step(queries[slot].Index, isToMatte ? PatchState.Encoded : PatchState.Matted, () =>
            {
                var encoded = own.Encode(queries[slot]);
                own.Encoder.Keep(slot, encoded, tokens);
                own.Free(queries.MatteOrder(slot) is { } order ? cache.Put(order, encoded.Activations) : encoded.Activations);
            });
            clock.Add(1);
        }, cancellation);
    }
}
