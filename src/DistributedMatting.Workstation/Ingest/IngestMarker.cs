namespace DistributedMatting.Workstation.Ingest;

/// <summary>ingest.json: says that both rasters are whole, and of what. Written last.</summary>
/// <param name="Width">Of the plate, in pixels.</param>
/// <param name="Height">Of the plate, in pixels.</param>
/// <param name="PlatePixelBytes">Bytes of a pixel of the plate's raster: 3 or 6.</param>
/// <param name="PlateSha256">Of the plate's pixels and size.</param>
/// <param name="TrimapSha256">Of the trimap's regions and size.</param>
/// <param name="PlateIdentity">What the caller called the plate.</param>
/// <param name="TrimapIdentity">What the caller called the trimap.</param>
internal sealed record IngestMarker(
    int Width, int Height, int PlatePixelBytes, string PlateSha256, string TrimapSha256,
    string? PlateIdentity, string? TrimapIdentity);
