using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Workstation.Files;

/// <summary>ALPHA.json: where an alpha came from, beside it.</summary>
public static class ProvenanceFile
{
    /// <summary>Where the provenance of an alpha goes.</summary>
    public static string PathOf(string alpha) => alpha + ".json";

    /// <summary>Writes where the alpha came from.</summary>
    /// <exception cref="InvalidInputException">There is no room or no right to write.</exception>
    public static void Write(string alpha, PlateFiles files, MattingModel model, MattingReport report, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clock);
        var provenance = new MattingProvenance
        {
            Version = ProductVersion.Text,
            FinishedUtc = clock.GetUtcNow(),
            Plate = Path.GetFileName(files.Plate),
            Trimap = files.Trimap is null ? null : Path.GetFileName(files.Trimap),
            PlateFileSha256 = files.PlateSha256,
            TrimapFileSha256 = files.Trimap is null ? null : files.TrimapSha256,
            Model = model.Name,
            ModelSha256 = model.Sha256,
            Device = model.Device,
            Patch = model.Network.Shape.Patch,
            Settings = model.Settings,
            Report = report,
        };
        SideFile.Write(PathOf(alpha), provenance.ToJson() + "\n");
    }
}
