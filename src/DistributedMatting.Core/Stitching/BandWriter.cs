using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Stitching;

/// <summary>Blended rows on their way to their taker: known pixels are set, a few rows at a time.</summary>
internal sealed class BandWriter(PatchGrid grid, ITrimap trimap, IAlphaRows rows)
{
    // Small enough that a chunk of a wide plate is still in the cache when its taker reads it.
    private const int RowsAtOnce = 16;

    private readonly byte[] _regions = new byte[checked(RowsAtOnce * grid.Size.Width)];

    /// <summary>Writes the final rows of the band that was blended last.</summary>
    /// <param name="blender">Holds them.</param>
    /// <param name="firstRow">Of the plate.</param>
    /// <param name="count">How many are final.</param>
    /// <param name="written">Told after each chunk how many rows it had.</param>
    /// <param name="cancellation">Stops between chunks.</param>
    public void Write(BandBlender blender, int firstRow, int count, Action<int> written, CancellationToken cancellation)
    {
        for (var row = 0; row < count; row += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var height = Math.Min(RowsAtOnce, count - row);
            var alpha = blender.Rows(row, height);
            var regions = _regions.AsSpan(0, alpha.Length);
            trimap.ReadRegions(new PixelRect(0, firstRow + row, grid.Size.Width, height), regions);
            KnownPixels.Set(regions, alpha);
            rows.Write(firstRow + row, alpha, regions);
            written(height);
        }
    }
}
