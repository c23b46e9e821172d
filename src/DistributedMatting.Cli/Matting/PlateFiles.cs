using DistributedMatting.Cli.Output;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Cli.Matting;

/// <summary>A plate and its trimap on disk, proved to belong together by their headers.</summary>
internal sealed record PlateFiles
{
    public required string Plate { get; init; }

    /// <summary>Null: the plate's own alpha channel.</summary>
    public required string? Trimap { get; init; }

    public required PixelSize Size { get; init; }

    public required ImageLimits Limits { get; init; }

    public string? PlateSha256 { get; init; }

    public string? TrimapSha256 { get; init; }

    /// <summary>Opens both for their headers only.</summary>
    /// <exception cref="Core.InvalidInputException">One is missing, damaged or too large, or they differ in size.</exception>
    public static PlateFiles Check(string plate, string? trimap, ImageLimits limits)
    {
        using var opened = PlateFile.Open(plate, limits);
        var files = new PlateFiles { Plate = plate, Trimap = trimap, Size = opened.Size, Limits = limits };
        files.OpenTrimap().Dispose();
        return files;
    }

    /// <summary>The same files with their fingerprints.</summary>
    public async Task<PlateFiles> HashedAsync(CancellationToken cancellation)
    {
        var plate = await InputHash.OfAsync(Plate, cancellation);
        return this with
        {
            PlateSha256 = plate,
            TrimapSha256 = Trimap is null ? $"alpha channel of {plate}" : await InputHash.OfAsync(Trimap, cancellation),
        };
    }

    public PlateFile OpenPlate() => PlateFile.Open(Plate, Limits);

    public TrimapFile OpenTrimap() => Trimap is null ? TrimapFile.OpenAlphaOf(Plate, Limits) : TrimapFile.Open(Trimap, Size, Limits);
}
