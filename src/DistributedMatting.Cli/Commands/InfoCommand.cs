using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DistributedMatting.Cli.Models;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core;
using DistributedMatting.Imaging;
using DistributedMatting.Onnx;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Onnx.Models;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting info</c>: what is here. A model that is damaged is listed as such; it does not stop the rest.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("info", "Shows version, models, devices and codecs.") { json };
        command.SetAction(parsed =>
        {
            var info = Collect();
            if (parsed.GetValue(json)) JsonOutput.Write(info);
            else Print(info);
            return Errors.ExitCodes.Ok;
        });
        return command;
    }

    private static JsonObject Collect() => new()
    {
        ["version"] = ProductVersion.Text,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
        ["onnx_runtime"] = OnnxMattingNetwork.RuntimeVersion,
        ["models"] = new JsonArray([.. ModelCatalog.All().Select(Model)]),
        ["devices"] = new JsonArray([.. DeviceList.OfThisMachine().All.Select(device => (JsonNode)new JsonObject
        {
            ["name"] = device.Name,
            ["description"] = device.Description,
        })]),
        ["codecs"] = JsonOutput.Object(Codecs.Describe()),
    };

    private static JsonNode Model(string folder)
    {
        var model = new JsonObject { ["name"] = Path.GetFileName(folder), ["folder"] = folder };
        try
        {
            var opened = ModelFolder.Open(folder);
            model["sha256"] = opened.Sha256;
            model["card"] = JsonNode.Parse(opened.Card.Facts.GetRawText());
        }
        catch (InvalidInputException e)
        {
            model["error"] = e.Message;
        }

        return model;
    }

    private static void Print(JsonObject info)
    {
        var output = Console.Out;
        output.WriteLine($"matting {info["version"]} on {info["runtime"]}, ONNX Runtime {info["onnx_runtime"]}");
        var codecs = info["codecs"]!;
        output.WriteLine($"libvips {codecs["lib_vips_version"]}: reads {List(codecs["reads"])}; writes alpha as {List(codecs["writes_alpha"])}, colour as {List(codecs["writes_rgb"])}");
        foreach (var device in info["devices"]!.AsArray()) output.WriteLine($"device {device!["name"]}: {device["description"]}");
        var models = info["models"]!.AsArray();
        if (models.Count == 0) output.WriteLine("no models");
        foreach (var model in models)
        {
            output.WriteLine($"model {model!["name"]}: {model["error"] ?? model["sha256"]}");
            if (model["card"] is not JsonObject card) continue;
            foreach (var line in Facts(card, "")) output.WriteLine("    " + line);
        }
    }

    // Lists (the tensors between the two parts) are for --json; a person is told the rest.
    private static IEnumerable<string> Facts(JsonObject card, string prefix) => card.SelectMany(fact => fact.Value switch
    {
        JsonValue value => [$"{prefix}{fact.Key}: {value}"],
        JsonObject inner => Facts(inner, $"{prefix}{fact.Key}."),
        _ => Enumerable.Empty<string>(),
    });

    private static string List(JsonNode? names) => string.Join(", ", names!.AsArray());
}
