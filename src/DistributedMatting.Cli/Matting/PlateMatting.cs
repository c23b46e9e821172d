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

    /// <summary>Other settings than the model's; null for those.</summary>
    public MattingSettings? Settings { get; init; }

    public bool KeepJobFolder { get; init; }

    public bool Fresh { get; init; }

    /// <summary>Hears of progress and warnings; null for none.</summary>
    public IScreen? Screen { get; init; }

    public async Task<MattingReport> RunAsync(CancellationToken cancellation)
    {
        var warnings = new List<string>();
        var job = new PlateJob
        {
            Network = Model.Network,
            Plate = Files.OpenPlate,
            Trimap = () => new ReportingTrimap(Files.OpenTrimap(), Warn),
            Alpha = Alpha,
            Progress = Screen,
            Warning = Warn,
        };
        var request = new MattingRequest
        {
            Settings = Settings ?? Model.Settings,
            Limits = Model.Limits,
            JobFolder = JobFolder,
            KeepJobFolder = KeepJobFolder,
            Fresh = Fresh,
            ModelSha256 = Model.Folder.Sha256,
            Device = Model.Network.Device.Kind.ToString().ToLowerInvariant(),
            PlateIdentity = Files.PlateSha256,
            TrimapIdentity = Files.TrimapSha256,
        };
        var report = await job.RunAsync(request, cancellation);
        return report with { Warnings = [.. warnings] };

        void Warn(string line)
        {
            lock (warnings)
            {
                if (warnings.Contains(line)) return;
                warnings.Add(line);
            }

            Screen?.Say("warning: " + line);
        }
    }
}
