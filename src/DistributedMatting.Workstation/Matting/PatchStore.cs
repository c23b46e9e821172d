using System.Runtime.InteropServices;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Storage;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Matting;

/// <summary>
/// Finished alpha patches in the job's folder. New or left by an earlier run, the stitcher reads them from here,
/// so both give the same bytes.
/// </summary>
internal sealed class PatchStore : IPatchAlphas, IDisposable
{
    private readonly SlotStore _store;
    private readonly PlateQueries _queries;
    private readonly ThreadTime _time;

    private PatchStore(SlotStore store, PlateQueries queries, ThreadTime time) =>
        (_store, _queries, _time) = (store, queries, time);

    public int Count => _store.Count;

    public int Damaged => _store.Damaged;

    public long Bytes => _store.Bytes;

    public static PatchStore Open(string path, ReadOnlySpan<byte> key, int side, PlateQueries queries, ThreadTime time, CancellationToken cancellation) =>
        new(SlotStore.Open(path, key, new SlotShape(queries.Count, side * side * sizeof(ushort), 0), cancellation), queries, time);

    public bool Has(int slot) => _store.Has(slot);

    public void Write(int slot, ReadOnlySpan<ushort> alpha)
    {
        using (_time.Of(Work.Stores)) _store.Write(slot, MemoryMarshal.AsBytes(alpha), []);
    }

    public void Read(int patchIndex, Span<ushort> alpha)
    {
        using (_time.Of(Work.StitchReads)) _store.Read(_queries.SlotOf(patchIndex), MemoryMarshal.AsBytes(alpha));
    }

    public void Dispose() => _store.Dispose();
}
