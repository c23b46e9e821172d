using System.Text.Json.Nodes;
using DistributedMatting.Cli.Models;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Cli.Matting;

/// <summary>What is told of a finished plate: beside the alpha, to scripts, to people.</summary>
internal static class Outcome
{
    /// <summary>Where the provenance of an alpha goes.</summary>
    public static string ProvenancePath(string alpha) => alpha + ".json";

    /// <summary>Writes where the alpha came from, beside it.</summary>
    public static void WriteProvenance(string alpha, PlateFiles files, LoadedModel model, MattingReport report, TimeProvider clock)
    {
        var provenance = new MattingProvenance
        {
            Version = ProductVersion.Text,
            FinishedUtc = clock.GetUtcNow(),
            Plate = Path.GetFileName(files.Plate),
            Trimap = files.Trimap is null ? null : Path.GetFileName(files.Trimap),
            PlateFileSha256 = files.PlateSha256,
            TrimapFileSha256 = files.Trimap is null ? null : files.TrimapSha256,
            Model = model.Folder.Card.Name,
            ModelSha256 = model.Folder.Sha256,
            Device = model.Network.Device.Name,
            Patch = model.Network.Shape.Patch,
            Settings = model.Settings,
            Report = report,
        };
        SideFile.Write(ProvenancePath(alpha), provenance.ToJson() + "\n");
    }

    /// <summary>The report's figures, and which alpha of which model they are of.</summary>
    public static JsonObject Json(string alpha, LoadedModel model, MattingReport report)
    {
        var json = JsonOutput.Object(report);
        json["alpha"] = alpha;
        json["provenance"] = ProvenancePath(alpha);
        json["model"] = model.Folder.Card.Name;
        json["model_sha256"] = model.Folder.Sha256;
        json["device"] = model.Network.Device.Name;
        json["threads"] = model.Limits.Threads;
        json["settings"] = JsonOutput.Object(model.Settings);
        json["version"] = ProductVersion.Text;
        return json;
    }
}
