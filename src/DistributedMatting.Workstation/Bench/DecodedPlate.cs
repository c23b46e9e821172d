using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Ingest;
using DistributedMatting.Workstation.Jobs;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Bench;

/// <summary>Plate and trimap, decoded beforehand into a folder of their own, so that decoding is no part of what is measured.</summary>
internal sealed class DecodedPlate : IDisposable
{
    private readonly JobFolder _folder;
    private readonly IngestedPlate _plate;
    private readonly int _bitDepth;

    private DecodedPlate(JobFolder folder, IngestedPlate plate, int bitDepth, double seconds) =>
        (_folder, _plate, _bitDepth, Seconds) = (folder, plate, bitDepth, seconds);

    /// <summary>Wall time of the decoding.</summary>
    public double Seconds { get; }

    public IngestedPlate Ingested => _plate;

    public static DecodedPlate Decode(PlateJob job, MattingRequest request, CancellationToken cancellation)
    {
        var depth = 8;
        var folder = JobFolder.Open(request.JobFolder + "-decoded");
        try
        {
            var began = job.Clock.GetTimestamp();
            var counting = new PlateJob
            {
                Network = job.Network,
                Plate = () =>
                {
                    var reader = job.Plate();
                    depth = reader.BitDepth;
                    return reader;
                },
                Trimap = job.Trimap,
                Alpha = job.Alpha,
                Clock = job.Clock,
            };
            var plate = new IngestStage(folder, counting.Source, request with { Fresh = true }, new ThreadTime(job.Clock)).Run(
                size => new PatchGrid(size, job.Network.Shape.Patch, request.Settings.Margin), _ => null, cancellation);
            return new DecodedPlate(folder, plate, depth, job.Clock.GetElapsedTime(began).TotalSeconds);
        }
        catch
        {
            folder.DeleteAll();
            folder.Dispose();
            throw;
        }
    }

    public IPlateReader OpenPlate() => new PlateRows(_plate.Plate, _bitDepth);

    public ITrimapReader OpenTrimap() => new TrimapRows(_plate.Trimap);

    public void Dispose()
    {
        _plate.Dispose();
        _folder.DeleteAll();
        _folder.Dispose();
    }

    private sealed class PlateRows(IPlate plate, int bitDepth) : IPlateReader
    {
        private int _y;

        public PixelSize Size => plate.Size;

        public int BitDepth => bitDepth;

        public void ReadRows(Span<ushort> rgb)
        {
            var rows = rgb.Length / (3 * Size.Width);
            plate.ReadRgb(new PixelRect(0, _y, Size.Width, rows), rgb);
            _y += rows;
        }

        public void Dispose()
        {
        }
    }

    private sealed class TrimapRows(ITrimap trimap) : ITrimapReader
    {
        private int _y;

        public PixelSize Size => trimap.Size;

        public void ReadRows(Span<byte> regions)
        {
            var rows = regions.Length / Size.Width;
            trimap.ReadRegions(new PixelRect(0, _y, Size.Width, rows), regions);
            _y += rows;
        }

        public void Dispose()
        {
        }
    }
}
