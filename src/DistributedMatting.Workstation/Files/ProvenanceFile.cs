using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Workstation.Files;

/// <summary>ALPHA.json: where an alpha came from, beside it.</summary>
public static class ProvenanceFile
{
    /// <summary>Where the provenance of an alpha goes.</summary>
    public static string PathOf(string alpha) => alpha + ".json";

    /// <summary>What made an alpha, as provenance names it.</summary>
    /// <param name="Name">Of the network or method.</param>
    /// <param name="Sha256">Of what it is made of, 64 hexadecimal digits.</param>
    /// <param name="Device">What it ran on.</param>
    /// <param name="Patch">Side of a patch in pixels; 0 without patches.</param>
    /// <param name="Settings">What the person chose.</param>
    internal sealed record Maker(string Name, string Sha256, string Device, int Patch, MattingSettings Settings);

    /// <summary>Writes where the alpha came from.</summary>
    /// <exception cref="InvalidInputException">There is no room or no right to write.</exception>
    public static void Write(string alpha, PlateFiles files, MattingModel model, MattingReport report, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clock);
        Write(alpha, files, report, clock, new Maker(model.Name, model.Sha256, model.Device, model.Network.Shape.Patch, model.Settings));
    }

    internal static void Write(string alpha, PlateFiles files, MattingReport report, TimeProvider clock, Maker maker)
    {
        var provenance = new MattingProvenance
        {
            Version = ProductVersion.Text,
            FinishedUtc = clock.GetUtcNow(),
            Plate = Path.GetFileName(files.Plate),
            Trimap = files.Trimap is null ? null : Path.GetFileName(files.Trimap),
            PlateFileSha256 = files.PlateSha256,
            TrimapFileSha256 = files.Trimap is null ? null : files.TrimapSha256,
            Model = maker.Name,
            ModelSha256 = maker.Sha256,
            Device = maker.Device,
            Patch = maker.Patch,
            Settings = maker.Settings,
            Report = report,
        };
        SideFile.Write(PathOf(alpha), provenance.ToJson() + "\n");
    }
}
