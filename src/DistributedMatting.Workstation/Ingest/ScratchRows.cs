using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>Lets rasters of an earlier run stream by once more.</summary>
internal static class ScratchRows
{
    private const int ChunkPixels = 1 << 18;

    public delegate void Regions(ReadOnlySpan<byte> rows);

    public static void ForEach(ITrimap trimap, Regions take, CancellationToken cancellation)
    {
        var chunk = ChunkRows(trimap.Size);
        var regions = new byte[chunk * trimap.Size.Width];
        for (var y = 0; y < trimap.Size.Height; y += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = Rows(trimap.Size, y, chunk);
            var rows = regions.AsSpan(0, window.Width * window.Height);
            trimap.ReadRegions(window, rows);
            take(rows);
        }
    }

    public static void ForEach(IPlate plate, ITrimap trimap, RowSink sink, CancellationToken cancellation)
    {
        var chunk = ChunkRows(plate.Size);
        var rgb = new ushort[3 * chunk * plate.Size.Width];
        var y = 0;
        ForEach(trimap, regions =>
        {
            var window = Rows(plate.Size, y, chunk);
            var samples = rgb.AsSpan(0, 3 * window.Width * window.Height);
            plate.ReadRgb(window, samples);
            sink(samples, regions);
            y += chunk;
        }, cancellation);
    }

    private static int ChunkRows(PixelSize size) => RasterLayout.WholeBands(Math.Min(ChunkPixels / size.Width, size.Height));

    private static PixelRect Rows(PixelSize size, int y, int rows) => new(0, y, size.Width, Math.Min(rows, size.Height - y));
}
