using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>Takes in the trimap beside the plate: into its raster, its hash and the census of patches.</summary>
internal sealed class TrimapIntake : IDisposable
{
    private readonly ContentHash _hash;
    private readonly RowsAhead<byte> _rows;

    public TrimapIntake(
        ITrimapReader reader, ScratchRaster raster, PatchCensus census, int chunkRows, ThreadTime time, CancellationToken cancellation)
    {
        _hash = new ContentHash("trimap", reader.Size, 1);
        _rows = new RowsAhead<byte>(reader.Size, 1, chunkRows, rows =>
        {
            using (time.Of(Work.FileDecode)) reader.ReadRows(rows);
            raster.Append(rows);
            _hash.Add(rows);
            census.Add(rows);
        }, cancellation);
    }

    /// <inheritdoc cref="RowsAhead{T}.Take"/>
    public byte[] Take() => _rows.Take();

    /// <inheritdoc cref="RowsAhead{T}.GiveBack"/>
    public void GiveBack(byte[] rows) => _rows.GiveBack(rows);

    /// <summary>Waits for the end and gives the hash of the whole trimap.</summary>
    public string Finish()
    {
        _rows.Finish();
        return _hash.Finish();
    }

    public void Dispose()
    {
        _rows.Dispose();
        _hash.Dispose();
    }
}
