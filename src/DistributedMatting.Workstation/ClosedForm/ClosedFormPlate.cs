using System.Globalization;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.ClosedForm;
using DistributedMatting.Workstation.Files;
using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Stitching;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.ClosedForm;

/// <summary>
/// One plate by closed-form matting (Levin, Lischinski, Weiss, PAMI 2008) at full resolution: what a studio has without a
/// network, and the yardstick for one. No patches, so no seams; but the whole plate is in memory, and nothing is kept of
/// a run that was interrupted.
/// </summary>
public sealed class ClosedFormPlate
{
    /// <summary>What provenance calls it.</summary>
    public const string Name = "closed-form";

    /// <summary>Three planes of floats must fit into one array.</summary>
    public const long MostPixels = 700_000_000;

    private const int RowsAtOnce = 64;

    // Measured: 3.0 GB for 36 million pixels, 9.7 million of them unknown; a little to spare.
    private const long BytesAPixel = 21, BytesAnUnknown = 260;

    /// <summary>Plate and trimap.</summary>
    public required PlateFiles Files { get; init; }

    /// <summary>Begins the alpha.</summary>
    public required Func<PixelSize, IAlphaWriter> Alpha { get; init; }

    /// <summary>The alpha's path, if its provenance is to be written beside it.</summary>
    public string? ProvenanceFor { get; init; }

    /// <summary>How it is solved, and by how many threads.</summary>
    public ClosedFormOptions Options { get; init; } = new();

    /// <summary>Hears of progress.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Hears of each line that a person should read, once.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Whose time is reported.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Bytes that may be taken; what the machine has, where a test does not say otherwise.</summary>
    internal long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Reads, solves, writes.</summary>
    /// <exception cref="InvalidInputException">Bad input, more memory than there is, a full disk: one line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left.</exception>
    public Task<MattingReport> RunAsync(CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Run(cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private MattingReport Run(CancellationToken cancellation)
    {
        var (began, warnings, time) = (Clock.GetTimestamp(), new Warnings(Warning), new ThreadTime(Clock));
        using var trimap = new ReportingTrimap(Files.OpenTrimap(), warnings.Add);
        var image = WholeImage.Read(
            trimap, () => Files.OpenPlate(warnings.Add), RequireMemory, new StageClock(Clock, Progress, MattingStage.Ingest, trimap.Size.Height, "rows"), time, cancellation);
        var ingest = Clock.GetElapsedTime(began).TotalSeconds;
        if (image.Unknown == 0) warnings.Add("The trimap has no unknown pixel: the alpha is the trimap.");
        if (image.Unknown == image.Size.Pixels) warnings.Add("The trimap has no known pixel: nothing says what is in front, so alpha is ½ everywhere.");

        var solving = new StageClock(Clock, Progress, MattingStage.Matte, 1, "steps");
        var solved = ClosedFormMatting.Solve(image.Rgb, image.Regions, image.Size, Options, cancellation);
        solving.Add(1);
        if (solved.Residual > Options.Tolerance)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"Not converged after {solved.Iterations} iterations: the residual is {solved.Residual:0.0e+0}, {Options.Tolerance:0.0e+0} was wanted."));
        var matte = Clock.GetElapsedTime(began).TotalSeconds - ingest;

        using (var file = new AlphaFile(Alpha, image.Size, time)) Write(image, solved.Alpha, file, cancellation);
        var report = Report(image, Clock.GetElapsedTime(began).TotalSeconds, ingest, matte, time, warnings.All);
        if (ProvenanceFor is { } alpha)
            ProvenanceFile.Write(alpha, Files, report, Clock, new ProvenanceFile.Maker(Name, Key(image).ModelSha256, "cpu", 0, NoPatches));
        return report;
    }

    private void Write(WholeImage image, float[] alpha, AlphaFile file, CancellationToken cancellation)
    {
        var (size, clock) = (image.Size, new StageClock(Clock, Progress, MattingStage.Stitch, image.Size.Height, "rows"));
        for (var y = 0; y < size.Height; y += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(RowsAtOnce, size.Height - y);
            var (from, pixels) = (y * size.Width, rows * size.Width);
            file.Write(y, alpha.AsSpan(from, pixels), image.Regions.AsSpan(from, pixels));
            clock.Add(rows);
        }

        file.Complete();
    }

    private void RequireMemory(PixelSize size, long unknown)
    {
        if (size.Pixels > MostPixels)
            throw new InvalidInputException($"{Files.Plate}: closed-form matting takes up to {MostPixels / 1_000_000} megapixels, and this plate has {size.Pixels / 1_000_000}; the network has no such limit");
        var bytes = BytesAPixel * size.Pixels + BytesAnUnknown * unknown;
        if (bytes <= MemoryBytes) return;
        throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
            $"{Files.Plate}: closed-form matting of {size} pixels, {unknown} of them unknown, needs about {bytes / 1e9:0.0} GB of memory and there are {MemoryBytes / 1e9:0.0}; narrow the trimap or use the network"));
    }

    private static MattingSettings NoPatches => new() { Margin = 0, Contexts = 0 };

    // In the place of a network's files stands how it was solved.
    private JobKey Key(WholeImage image)
    {
        var how = (Options with { Threads = 1 }).ToString();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Name + how)));
        return new JobKey(image.PlateSha256, image.TrimapSha256, hash, "cpu", 0, NoPatches, how);
    }

    private MattingReport Report(
        WholeImage image, double total, double ingest, double matte, ThreadTime time, IReadOnlyList<string> warnings) => new()
        {
            Width = image.Size.Width,
            Height = image.Size.Height,
            PatchesTotal = 0,
            PatchesKnown = 0,
            PatchesInferred = 0,
            PatchesReused = 0,
            PixelsUnknown = image.Unknown,
            Encodes = 0,
            EncodesReused = 0,
            CacheHits = 0,
            CacheMisses = 0,
            Seconds = new StageSeconds
            {
                Total = total,
                Ingest = ingest,
                Matte = matte,
                FileDecode = time.Seconds(Work.FileDecode),
                FileEncode = time.Seconds(Work.FileEncode) + time.Seconds(Work.FileFinish),
            },
            MegapixelsPerSecond = total > 0 ? image.Size.Pixels / 1e6 / total : 0,
            SeamRatio = null,
            PeakMemoryMib = ProcessMemory.PeakBytes / (double)(1 << 20),
            ScratchBytes = 0,
            JobKey = Key(image).Value,
            PlateSha256 = image.PlateSha256,
            TrimapSha256 = image.TrimapSha256,
            Warnings = warnings,
        };
}
