using DistributedMatting.Core.Context;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Stages;

/// <summary>plate.json: what a plate that was taken in is. Written last, so where it is, all is.</summary>
/// <param name="Size">In pixels.</param>
/// <param name="PlatePixelBytes">Bytes of a pixel as it is kept: 3 or 6.</param>
/// <param name="PlateSha256">Of the plate's pixels and size.</param>
/// <param name="TrimapSha256">Of the trimap's regions and size.</param>
/// <param name="Key">What the alpha depends on: <see cref="Core.Jobs.JobKey.Value"/>.</param>
/// <param name="Patch">Side of a patch in pixels.</param>
/// <param name="Margin">Overlap of neighbours in pixels.</param>
/// <param name="Contexts">Context patches of each query.</param>
/// <param name="ContextUse">Which queries have them.</param>
/// <param name="Candidates">Candidates that are ranked; 0 for all.</param>
/// <param name="HasPriors">Whether the network takes priors, and needs any.</param>
/// <param name="UnknownPixels">Of the trimap.</param>
/// <param name="KnownPixels">Of the trimap.</param>
public sealed record PlateManifest(
    PixelSize Size, int PlatePixelBytes, string PlateSha256, string TrimapSha256, string Key, int Patch, int Margin,
    int Contexts, ContextUse ContextUse, int Candidates, bool HasPriors, long UnknownPixels, long KnownPixels);
