using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Results;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>
/// How a job's plate was cut, where each patch stands, and what it drew on: from what the ledger says while the job is
/// there, and from its record afterwards. Safe for many threads.
/// </summary>
internal sealed class JobPatches(FarmFolder folder, JobId id, TimeProvider clock)
{
    // Whoever looks asks once a second, and a ledger may have ten thousand entries.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string _job = id.ToString();
    private (PatchGrid Grid, bool[] Inferred)? _cut;
    private IReadOnlyList<RankedContexts>? _ranking;
    private (PatchRecord Record, long At)? _last;

    /// <summary>As it stands; null where the plate has not been cut yet.</summary>
    public PatchRecord? Now()
    {
        lock (_gate)
        {
            if (_last is { } last && clock.GetElapsedTime(last.At) < Fresh) return last.Record;
            // The record first: it is there before anything else goes.
            if ((PatchRecordFile.Load(folder.Record(_job)) ?? Look()) is not { } record) return null;
            _last = (record, clock.GetTimestamp());
            return record;
        }
    }

    /// <summary>Leaves a record, before the job's other files go.</summary>
    public void Save()
    {
        lock (_gate)
        {
            if (Look() is not { } record) return;
            var path = folder.Record(_job);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            PatchRecordFile.Save(path, record);
        }
    }

    /// <summary>The job begins anew, or is no more.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            (_cut, _ranking, _last) = (null, null, null);
            if (File.Exists(folder.Record(_job))) File.Delete(folder.Record(_job));
        }
    }

    private PatchRecord? Look()
    {
        if (PlateRoom.Look(folder.Plate(_job)) is not { } manifest) return null;
        if (_cut is not { } cut)
        {
            using var room = PlateRoom.Open(folder.Plate(_job));
            _cut = cut = (room.Grid, [.. room.Inferred]);
        }
        var states = Array.ConvertAll(cut.Inferred, inferred => inferred ? PatchState.Waiting : PatchState.Known);
        foreach (var patch in folder.Ledger.Committed(manifest.Key, StageNames.Encode)) states[patch] = PatchState.Encoded;
        foreach (var patch in folder.Ledger.Committed(manifest.Key, StageNames.Matte)) states[patch] = PatchState.Matted;
        _ranking ??= Ranking(manifest.Key);
        return new PatchRecord(cut.Grid, states, _ranking ?? []);
    }

    private IReadOnlyList<RankedContexts>? Ranking(string key) =>
        folder.Ledger.Find(new PatchIdentity(key, StageNames.Rank, 0)) is [var address, ..] && folder.Objects(key).Find(address) is { } bytes
            ? RankingBytes.Read(bytes)
            : null;
}
