using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>The trimap in the job's folder: one <see cref="Region"/> a byte.</summary>
internal sealed class ScratchTrimap(ScratchRaster raster) : ITrimap
{
    public PixelSize Size => raster.Size;

    public void ReadRegions(PixelRect window, Span<byte> regions) => raster.Read(window, regions);
}
