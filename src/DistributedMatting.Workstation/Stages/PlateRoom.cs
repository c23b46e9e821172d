using DistributedMatting.Core;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Encoding;
using DistributedMatting.Workstation.Ingest;
using DistributedMatting.Workstation.Jobs;
using DistributedMatting.Workstation.Objects;
using DistributedMatting.Workstation.Storage;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Stages;

/// <summary>
/// A plate that was taken into a folder, with all that every later stage needs of it: pixels, regions, priors. Any number
/// of processes that see the folder may open it at once. The first stages of <see cref="PlateJob"/>, by themselves.
/// </summary>
public sealed class PlateRoom : IDisposable
{
    private const string ManifestName = "plate.json";
    private const string PriorsName = "priors";
    private const string InferredName = "kinds";

    // What a byte of that file says of a patch.
    private const byte Known = 0;
    private const byte WithoutContexts = 1;
    private const byte WithContexts = 2;

    private readonly ScratchRaster _plate;
    private readonly ScratchRaster _trimap;

    private readonly Lazy<PlatePriors?> _priors;

    private PlateRoom(string folder, PlateManifest manifest, ScratchRaster plate, ScratchRaster trimap, byte[] kinds)
    {
        (Manifest, _plate, _trimap) = (manifest, plate, trimap);
        _priors = new Lazy<PlatePriors?>(() => manifest.HasPriors ? Load(folder) : null);
        Grid = new PatchGrid(manifest.Size, manifest.Patch, manifest.Margin);
        Inferred = Array.ConvertAll(kinds, kind => kind != Known);
        Asks = Array.ConvertAll(kinds, kind => kind == WithContexts);
        Plate = new ScratchPlate(plate, manifest.PlatePixelBytes == 6);
        Trimap = new ScratchTrimap(trimap);
    }

    /// <summary>What was taken in.</summary>
    public PlateManifest Manifest { get; }

    /// <summary>How it is cut.</summary>
    public PatchGrid Grid { get; }

    /// <summary>For every patch of the grid, whether it is inferred.</summary>
    public IReadOnlyList<bool> Inferred { get; }

    /// <summary>For every patch of the grid, whether it draws on contexts.</summary>
    public IReadOnlyList<bool> Asks { get; }

    /// <summary>The pixels.</summary>
    public IPlate Plate { get; }

    /// <summary>The regions.</summary>
    public ITrimap Trimap { get; }

    /// <summary>The priors; null if the network takes none. Read when they are first asked for: some 20 MB that only workers need.</summary>
    /// <exception cref="InvalidInputException">They are damaged.</exception>
    public IPriors? Priors => _priors.Value;

    /// <summary>
    /// Takes a plate in: reads it once, solves its priors, counts its patches. The priors are solved here alone and read
    /// by all others, so a plate has one set of them on whatever machines it is matted.
    /// </summary>
    /// <param name="folder">A new folder; it is whole when this returns, and not before.</param>
    /// <param name="source">Where the plate comes from.</param>
    /// <param name="shape">Of the network.</param>
    /// <param name="request">As for <see cref="PlateJob"/>; its folder is not looked at.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="InvalidInputException">Bad input or settings, or a full disk: one line.</exception>
    public static PlateManifest Take(
        string folder, PlateSource source, NetworkShape shape, MattingRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(request);
        request = request with { JobFolder = folder, Fresh = true };
        request.Validate(shape.Patch);
        using var held = JobFolder.Open(folder);
        try
        {
            var priors = new PriorsStage(source, shape, request);
            using var plate = new IngestStage(held, source, request, new ThreadTime(source.Clock)).Run(
                size => new PatchGrid(size, shape.Patch, request.Settings.Margin), priors.Begin, cancellation);
            // A plate without unknown pixels calls no network, so nobody asks for its priors.
            var hasPriors = plate.Census.InferredCount > 0 && Save(folder, priors.Solve(plate, cancellation));
            var manifest = new PlateManifest(
                plate.Size, plate.Plate is ScratchPlate { IsWide: true } ? 6 : 3, plate.PlateSha256, plate.TrimapSha256,
                request.Key(plate.PlateSha256, plate.TrimapSha256, shape).Value, shape.Patch, request.Settings.Margin,
                request.Settings.Contexts, request.Settings.ContextUse, request.Settings.Candidates, hasPriors, plate.Census.UnknownPixels, plate.Census.ForegroundPixels + plate.Census.BackgroundPixels);
            FolderFile.Write(Path.Combine(folder, InferredName), Kinds(plate.Census, request.Settings.ContextUse));
            SafeFile.WriteJson(Path.Combine(folder, ManifestName), manifest);
            return manifest;
        }
        catch (Exception error) when (DiskErrors.Explain(error, folder) is { } line)
        {
            throw line;
        }
    }

    /// <summary>What a folder holds, or null where no plate was taken in: a manifest whose pixels have gone is none.</summary>
    public static PlateManifest? Look(string folder)
    {
        if (SafeFile.ReadJson<PlateManifest>(Path.Combine(folder, ManifestName)) is not { } manifest) return null;
        var whole = Has(JobFolder.PlateName) && Has(JobFolder.TrimapName) && Has(InferredName) && (!manifest.HasPriors || Has(PriorsName));
        return whole ? manifest : null;

        bool Has(string name) => File.Exists(Path.Combine(folder, name));
    }

    /// <summary>Opens a plate that was taken in.</summary>
    /// <exception cref="InvalidInputException">It is not there, or damaged.</exception>
    public static PlateRoom Open(string folder)
    {
        var manifest = Look(folder) ?? throw Damaged(folder);
        var plate = ScratchRaster.TryOpen(Path.Combine(folder, JobFolder.PlateName), manifest.Size, manifest.PlatePixelBytes);
        var trimap = ScratchRaster.TryOpen(Path.Combine(folder, JobFolder.TrimapName), manifest.Size, 1);
        try
        {
            var grid = new PatchGrid(manifest.Size, manifest.Patch, manifest.Margin);
            var kinds = FolderFile.Read(Path.Combine(folder, InferredName), grid.Count);
            if (plate is null || trimap is null || kinds?.Length != grid.Count) throw Damaged(folder);
            return new PlateRoom(folder, manifest, plate, trimap, kinds);
        }
        catch
        {
            plate?.Dispose();
            trimap?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plate.Dispose();
        _trimap.Dispose();
    }

    private static byte[] Kinds(PatchCensus census, ContextUse use) =>
        [.. census.Inferred().Select((inferred, patch) => !inferred ? Known : census.Asks(patch, use) ? WithContexts : WithoutContexts)];

    private static bool Save(string folder, PlatePriors? priors)
    {
        if (priors is null) return false;
        FolderFile.Write(Path.Combine(folder, PriorsName), priors.Save);
        return true;
    }

    private static PlatePriors Load(string folder)
    {
        var path = Path.Combine(folder, PriorsName);
        using var file = FolderFile.Open(path) ?? throw Damaged(folder);
        return PlatePriors.Load(file, path);
    }

    private static InvalidInputException Damaged(string folder) =>
        new($"{folder}: no plate was taken in here, or its files are damaged; delete the folder and retry the job.");
}
