using System.Runtime.InteropServices;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Jobs;
using DistributedMatting.Workstation.Storage;
using DistributedMatting.Workstation.Threads;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>
/// Reads plate and trimap once, top to bottom, on a thread each: into rasters that can be read anywhere, into
/// hashes, into the census of patches, and past a sink that reduces them for the priors.
/// </summary>
internal sealed class IngestStage(JobFolder folder, PlateSource source, MattingRequest request, ThreadTime time)
{
    // Rows at a time: enough to write well, few enough to stay in the second-level cache of a wide plate.
    private const int ChunkSamples = 600_000;

    /// <param name="grid">Makes the grid once the size is known.</param>
    /// <param name="sink">Makes the sink, if any; not called when an earlier run's rasters are taken.</param>
    /// <param name="cancellation">Stops between chunks.</param>
    public IngestedPlate Run(Func<PixelSize, PatchGrid> grid, Func<PixelSize, RowSink?> sink, CancellationToken cancellation)
    {
        if (!request.Fresh && Reuse(grid, cancellation) is { } reused) return reused;
        File.Delete(folder.Ingest);

        using var plate = source.Plate();
        using var trimap = source.Trimap();
        if (plate.Size != trimap.Size)
            throw new InvalidInputException($"The plate is {plate.Size} pixels and the trimap {trimap.Size}; they must be of the same size.");

        var size = plate.Size;
        var wide = plate.BitDepth > 8;
        DiskSpace.Require(folder.Path, size.Pixels * (wide ? 7 : 4));
        ScratchRaster? plateRaster = null, trimapRaster = null;
        try
        {
            plateRaster = ScratchRaster.Create(folder.Plate, size, wide ? 6 : 3);
            trimapRaster = ScratchRaster.Create(folder.Trimap, size, 1);
            var census = new PatchCensus(grid(size));
            var (plateHash, trimapHash) = Stream(plate, trimap, plateRaster, trimapRaster, census, sink(size), cancellation);
            var marker = new IngestMarker(
                size.Width, size.Height, wide ? 6 : 3, plateHash, trimapHash, request.PlateIdentity, request.TrimapIdentity);
            SafeFile.WriteJson(folder.Ingest, marker);
            return new IngestedPlate(plateRaster, trimapRaster, marker, census);
        }
        catch
        {
            plateRaster?.Dispose();
            trimapRaster?.Dispose();
            throw;
        }
    }

    private (string Plate, string Trimap) Stream(
        IPlateReader plate, ITrimapReader trimap, ScratchRaster plateRaster, ScratchRaster trimapRaster,
        PatchCensus census, RowSink? sink, CancellationToken cancellation)
    {
        var size = plate.Size;
        var chunkRows = Math.Clamp(ChunkSamples / (3 * size.Width), 1, size.Height);
        // A plate may come out of another raster.
        if (chunkRows > RasterLayout.BandRows) chunkRows = RasterLayout.WholeBands(chunkRows);
        var clock = new StageClock(source.Clock, source.Progress, MattingStage.Ingest, size.Height, "rows");
        var wide = plate.BitDepth > 8;
        var narrow = new byte[wide ? 0 : 3 * chunkRows * size.Width];
        using var hash = new ContentHash("plate", size, wide ? 6 : 3);
        using var intake = new TrimapIntake(trimap, trimapRaster, census, chunkRows, time, cancellation);
        using var decoded = new RowsAhead<ushort>(size, 3, chunkRows, rows =>
        {
            using (time.Of(Work.FileDecode)) plate.ReadRows(rows);
        }, cancellation);
        for (var y = 0; y < size.Height; y += chunkRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(chunkRows, size.Height - y);
            var (pixels, count) = (rows * size.Width, 3 * rows * size.Width);
            var rgb = decoded.Take();
            if (!wide) SampleDepth.Narrow(rgb.AsSpan(0, count), narrow.AsSpan(0, count));
            var regions = intake.Take();
            Both.Run(request.Limits.Threads, Keep, () => sink?.Invoke(rgb.AsSpan(0, count), regions.AsSpan(0, pixels)));
            intake.GiveBack(regions);
            decoded.GiveBack(rgb);
            clock.Add(rows);

            void Keep()
            {
                var bytes = wide ? MemoryMarshal.AsBytes(rgb.AsSpan(0, count)) : narrow.AsSpan(0, count);
                plateRaster.Append(bytes);
                hash.Add(bytes);
            }
        }
        return (hash.Finish(), intake.Finish());
    }

    // Only a caller that says what the files are can be sure that they are the same; else they are read again.
    private IngestedPlate? Reuse(Func<PixelSize, PatchGrid> grid, CancellationToken cancellation)
    {
        if (request.PlateIdentity is null || request.TrimapIdentity is null) return null;
        if (SafeFile.ReadJson<IngestMarker>(folder.Ingest) is not { Width: > 0, Height: > 0, PlatePixelBytes: 3 or 6 } marker) return null;
        if (marker.PlateIdentity != request.PlateIdentity || marker.TrimapIdentity != request.TrimapIdentity) return null;

        var size = new PixelSize(marker.Width, marker.Height);
        var plate = ScratchRaster.TryOpen(folder.Plate, size, marker.PlatePixelBytes);
        var trimap = ScratchRaster.TryOpen(folder.Trimap, size, 1);
        if (plate is null || trimap is null)
        {
            plate?.Dispose();
            trimap?.Dispose();
            return null;
        }

        var ingested = new IngestedPlate(plate, trimap, marker, new PatchCensus(grid(size)));
        ScratchRows.ForEach(ingested.Trimap, ingested.Census.Add, cancellation);
        _ = new StageClock(source.Clock, source.Progress, MattingStage.Ingest, size.Height, "rows", reused: size.Height);
        return ingested;
    }
}
