using System.Text.Json.Nodes;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Matting;

/// <summary>What scripts are told of a finished plate.</summary>
internal static class Outcome
{
    /// <summary>The report's figures, and which alpha of which model they are of.</summary>
    public static JsonObject Json(string alpha, MattingModel model, MattingReport report)
    {
        var json = JsonOutput.Object(report);
        json["alpha"] = alpha;
        json["provenance"] = ProvenanceFile.PathOf(alpha);
        json["model"] = model.Name;
        json["model_sha256"] = model.Sha256;
        json["device"] = model.Device;
        json["threads"] = model.Limits.Threads;
        json["settings"] = JsonOutput.Object(model.Settings);
        json["version"] = ProductVersion.Text;
        return json;
    }
}
