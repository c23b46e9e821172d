using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Files;

/// <summary>A plate and its trimap on disk, proved to belong together by their headers.</summary>
public sealed record PlateFiles
{
    /// <summary>The plate's path.</summary>
    public required string Plate { get; init; }

    /// <summary>Null: the plate's own alpha channel.</summary>
    public required string? Trimap { get; init; }

    /// <summary>Of both, upright.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>What the files may claim to be.</summary>
    public required ImageLimits Limits { get; init; }

    /// <summary>Of the plate's file, 64 hexadecimal digits; null until <see cref="HashedAsync"/>.</summary>
    public string? PlateSha256 { get; init; }

    /// <summary>Of the trimap's file, or words that name the plate's alpha channel; null until <see cref="HashedAsync"/>.</summary>
    public string? TrimapSha256 { get; init; }

    /// <summary>Opens both for their headers only.</summary>
    /// <exception cref="InvalidInputException">One is missing, damaged or too large, or they differ in size.</exception>
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

    /// <summary>Opens the plate, from its first row.</summary>
    public PlateFile OpenPlate() => PlateFile.Open(Plate, Limits);

    /// <summary>Opens the plate to be read once.</summary>
    /// <param name="warn">Hears what a person should know of its values.</param>
    public IPlateReader OpenPlate(Action<string> warn) => new ReportingPlate(OpenPlate(), warn);

    /// <summary>Opens the trimap, from its first row.</summary>
    public TrimapFile OpenTrimap() => Trimap is null ? TrimapFile.OpenAlphaOf(Plate, Limits) : TrimapFile.Open(Trimap, Size, Limits);

    /// <summary>Both, to be read once.</summary>
    /// <param name="warn">Hears what a person should know of their values.</param>
    public PlateSource Source(Action<string> warn) => new()
    {
        Plate = () => OpenPlate(warn),
        Trimap = () => new ReportingTrimap(OpenTrimap(), warn),
    };
}
