using System.Globalization;
using System.Runtime.InteropServices;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Storage;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Stages;

/// <summary>Reads the band's patches by their names, and writes its rows.</summary>
public sealed class StitcherGrain(StageGate gate, FarmFolder folder, FarmOptions options) : LongWork(gate), IStitcherGrain
{
    /// <inheritdoc/>
    public Task<WorkAnswer> Ensure(long attempt) => Ensure(attempt, Stitch);

    private WorkAnswer Stitch(CancellationToken cancellation)
    {
        var parts = this.GetPrimaryKeyString().Split('/');
        var (job, number) = (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
        using var room = PlateRoom.Open(folder.Plate(job));
        var band = PlateBand.Of(room.Grid, options.BandRows)[number];
        var path = folder.Band(job, band.FirstRow);
        if (BandFile.IsWhole(path, room.Grid, band)) return new WorkAnswer(true);

        var alphas = new LedgerAlphas(folder, room.Manifest.Key);
        var inferred = room.Inferred.ToArray();
        var missing = Enumerable.Range(band.Patches.Start.Value, band.Patches.End.Value - band.Patches.Start.Value)
            .Where(patch => inferred[patch] && !alphas.Has(patch)).ToArray();
        if (missing.Length > 0) return new WorkAnswer(true, Missing: missing);

        using var file = BandFile.Create(path);
        band.Stitch(room.Trimap, inferred, alphas, file, cancellation);
        file.Complete();
        return new WorkAnswer(true);
    }

    private sealed class LedgerAlphas(FarmFolder folder, string key) : IPatchAlphas
    {
        private readonly IObjectStore _objects = folder.Objects(key);

        public bool Has(int patch)
        {
            var identity = new PatchIdentity(key, StageNames.Matte, patch);
            if (folder.Ledger.Find(identity) is not [var address, ..]) return false;
            if (_objects.Find(address) is not null) return true;
            // Only what was read and is bad: a worker may commit it this very moment.
            folder.Ledger.Forget(identity);
            return false;
        }

        public void Read(int patchIndex, Span<ushort> alpha)
        {
            var address = folder.Ledger.Find(new PatchIdentity(key, StageNames.Matte, patchIndex))?[0] ?? default;
            var bytes = _objects.Find(address) ?? throw new IOException($"The alpha of patch {patchIndex} went while it was read.");
            MemoryMarshal.Cast<byte, ushort>(bytes.Span).CopyTo(alpha);
        }
    }
}
