using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>A plate and its trimap in the job's folder, and what was learnt while they streamed by.</summary>
internal sealed class IngestedPlate(ScratchRaster plate, ScratchRaster trimap, IngestMarker marker, PatchCensus census) : IDisposable
{
    public PixelSize Size => plate.Size;

    public IPlate Plate { get; } = new ScratchPlate(plate, marker.PlatePixelBytes == 6);

    public ITrimap Trimap { get; } = new ScratchTrimap(trimap);

    public string PlateSha256 => marker.PlateSha256;

    public string TrimapSha256 => marker.TrimapSha256;

    public PatchCensus Census => census;

    public long Bytes => plate.Bytes + trimap.Bytes;

    public void Dispose()
    {
        plate.Dispose();
        trimap.Dispose();
    }
}
