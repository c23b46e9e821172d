using DistributedMatting.Cli.Models;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation;

namespace DistributedMatting.Cli.Matting;

/// <summary>One plate from its files to its matte: what run, demo and evaluate have in common.</summary>
internal sealed class PlateMatting
{
    public required LoadedModel Model { get; init; }

    public required PlateFiles Files { get; init; }

    public required Func<PixelSize, IAlphaWriter> Alpha { get; init; }

    public required string JobFolder { get; init; }

    public bool KeepJobFolder { get; init; }

    public bool Fresh { get; init; }

    /// <summary>Hears of progress and warnings; null for none.</summary>
    public IScreen? Screen { get; init; }

    /// <summary>As <see cref="PlateJob.Finished"/>.</summary>
    public Action<MattingReport>? Finished { get; init; }

    public async Task<MattingReport> RunAsync(CancellationToken cancellation)
    {
        var warnings = new Warnings(Screen);
        MattingReport WithAll(MattingReport report) => report with { Warnings = warnings.All };
        return WithAll(await Job(warnings.Add, report => Finished?.Invoke(WithAll(report))).RunAsync(Request(), cancellation));
    }

    /// <summary>The job, ready to run.</summary>
    public PlateJob Job(Action<string>? warn = null, Action<MattingReport>? finished = null) => new()
    {
        Network = Model.Network,
        Plate = Files.OpenPlate,
        Trimap = () => new ReportingTrimap(Files.OpenTrimap(), warn ?? (_ => { })),
        Alpha = Alpha,
        Progress = Screen,
        Warning = warn,
        Finished = finished,
    };

    /// <summary>What is asked of the job.</summary>
    public MattingRequest Request() => new()
    {
        Settings = Model.Settings,
        Limits = Model.Limits,
        JobFolder = JobFolder,
        KeepJobFolder = KeepJobFolder,
        Fresh = Fresh,
        ModelSha256 = Model.Folder.Sha256,
        Device = Model.Network.Device.Kind.ToString().ToLowerInvariant(),
        PlateIdentity = Files.PlateSha256,
        TrimapIdentity = Files.TrimapSha256,
    };
}
