using System.Runtime.InteropServices;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Stages;

/// <summary>Ranks over the pooled vectors that the workers left: a few kilobytes a patch, whatever its tokens weigh.</summary>
public sealed class ContextGrain(StageGate gate, FarmFolder folder) : LongWork(gate), IContextGrain
{
    /// <inheritdoc/>
    public Task<WorkAnswer> Ensure(long attempt) => Ensure(attempt, Rank);

    private WorkAnswer Rank(CancellationToken cancellation)
    {
        using var room = PlateRoom.Open(folder.Plate(this.GetPrimaryKeyString()));
        var manifest = room.Manifest;
        var ranked = new PatchIdentity(manifest.Key, StageNames.Rank, 0);
        var objects = folder.Objects(manifest.Key);
        if (folder.Ledger.Find(ranked) is { } known && objects.Find(known[0]) is { } there)
        {
            // This silo may have it in memory alone; those who ask did not find it in the folder.
            objects.Put(there);
            return new WorkAnswer(true);
        }

        var (queries, candidates, alone, missing) = (new List<PooledVector>(), new List<PooledVector>(), new List<int>(), new List<int>());
        for (var patch = 0; patch < room.Inferred.Count; patch++)
        {
            if (!room.Inferred[patch]) continue;
            cancellation.ThrowIfCancellationRequested();
            var encoded = new PatchIdentity(manifest.Key, StageNames.Encode, patch);
            if (folder.Ledger.Find(encoded) is not [var sums, ..])
            {
                missing.Add(patch);
                continue;
            }
            if (objects.Find(sums) is not { } bytes)
            {
                folder.Ledger.Forget(encoded);
                missing.Add(patch);
                continue;
            }
            var values = MemoryMarshal.Cast<byte, float>(bytes.Span);
            if (room.Asks[patch]) queries.Add(new PooledVector(patch, values[..(values.Length / 2)].ToArray()));
            else alone.Add(patch);
            candidates.Add(new PooledVector(patch, values[(values.Length / 2)..].ToArray()));
        }
        if (missing.Count > 0) return new WorkAnswer(true, Missing: [.. missing]);

        var ranking = new ContextRanker(manifest.Contexts, manifest.Candidates).Rank(queries, candidates, Environment.ProcessorCount, cancellation).And(alone);
        folder.Ledger.Forget(ranked);
        folder.Ledger.TryCommit(ranked, [objects.Put(RankingBytes.Write(ranking))]);
        return new WorkAnswer(true);
    }
}
