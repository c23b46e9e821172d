using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Files;

/// <summary>One plate from its files to its matte: the one way that every command and every service takes.</summary>
public sealed class PlateMatting
{
    /// <summary>What mattes.</summary>
    public required MattingModel Model { get; init; }

    /// <summary>Plate and trimap. With their fingerprints, an interrupted job need not decode them again.</summary>
    public required PlateFiles Files { get; init; }

    /// <summary>Begins the alpha.</summary>
    public required Func<PixelSize, IAlphaWriter> Alpha { get; init; }

    /// <summary>As <see cref="MattingRequest.JobFolder"/>.</summary>
    public required string JobFolder { get; init; }

    /// <summary>As <see cref="MattingRequest.KeepJobFolder"/>.</summary>
    public bool KeepJobFolder { get; init; }

    /// <summary>As <see cref="MattingRequest.Fresh"/>.</summary>
    public bool Fresh { get; init; }

    /// <summary>The alpha's path, if its provenance is to be written beside it.</summary>
    public string? ProvenanceFor { get; init; }

    /// <summary>Hears of progress, from any thread.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Hears of each line that a person should read, once; from any thread.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Hears of everything: progress and lines too, where nobody else is named for them.</summary>
    public IPlateObserver? Observer { get; init; }

    /// <summary>Whose time is reported.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Runs it.</summary>
    /// <exception cref="Core.InvalidInputException">As <see cref="PlateJob.RunAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished patches stay in the job folder.</exception>
    public async Task<MattingReport> RunAsync(CancellationToken cancellation)
    {
        var warnings = new Warnings(Warning ?? (Observer is null ? null : Observer.Say));
        MattingReport WithAll(MattingReport report) => report with { Warnings = warnings.All };
        var job = Job(warnings.Add, report => WriteProvenance(WithAll(report)));
        return WithAll(await job.RunAsync(Request(), cancellation));
    }

    /// <summary>The job, ready to run.</summary>
    public PlateJob Job(Action<string>? warn = null, Action<MattingReport>? finished = null) => new()
    {
        Network = Model.Network,
        Plate = () => Files.OpenPlate(warn ?? (_ => { })),
        Trimap = () => new ReportingTrimap(Files.OpenTrimap(), warn ?? (_ => { })),
        Alpha = Alpha,
        Progress = Progress ?? Observer,
        Observer = Observer,
        Warning = warn,
        Finished = finished,
        Clock = Clock,
    };

    /// <summary>What is asked of the job.</summary>
    public MattingRequest Request() => new()
    {
        Settings = Model.Settings,
        Limits = Model.Limits,
        JobFolder = JobFolder,
        KeepJobFolder = KeepJobFolder,
        Fresh = Fresh,
        ModelSha256 = Model.Sha256,
        Device = Model.DeviceKind,
        PlateIdentity = Files.PlateSha256,
        TrimapIdentity = Files.TrimapSha256,
    };

    private void WriteProvenance(MattingReport report)
    {
        if (ProvenanceFor is { } alpha) ProvenanceFile.Write(alpha, Files, Model, report, Clock);
    }
}
