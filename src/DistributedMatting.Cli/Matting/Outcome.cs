using System.Text.Json.Nodes;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.ClosedForm;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Matting;

/// <summary>What scripts are told of a finished plate.</summary>
internal static class Outcome
{
    /// <summary>The report's figures, and which alpha of which model they are of.</summary>
    public static JsonObject Json(string alpha, MattingModel model, MattingReport report)
    {
        var json = Json(alpha, model.Name, model.Device, model.Limits.Threads, report);
        json["model_sha256"] = model.Sha256;
        json["settings"] = JsonOutput.Object(model.Settings);
        return json;
    }

    /// <summary>The same for closed-form matting.</summary>
    public static JsonObject Json(string alpha, int threads, MattingReport report) =>
        Json(alpha, ClosedFormPlate.Name, "cpu", threads, report);

    private static JsonObject Json(string alpha, string model, string device, int threads, MattingReport report)
    {
        var json = JsonOutput.Object(report);
        json["alpha"] = alpha;
        json["provenance"] = ProvenanceFile.PathOf(alpha);
        json["model"] = model;
        json["device"] = device;
        json["threads"] = threads;
        json["version"] = ProductVersion.Text;
        return json;
    }
}
