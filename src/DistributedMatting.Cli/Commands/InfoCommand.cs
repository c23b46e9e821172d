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

    // What a person asks for; --json has all of it.
    private static void Print(JsonObject info)
    {
        var output = Console.Out;
        var codecs = info["codecs"]!;
        output.WriteLine($"matting  {info["version"]} on {info["runtime"]}, ONNX Runtime {info["onnx_runtime"]}, libvips {codecs["lib_vips_version"]}");
        output.WriteLine($"reads    {List(codecs["reads"])}");
        output.WriteLine($"writes   {List(codecs["writes_alpha"])}");
        foreach (var device in info["devices"]!.AsArray()) output.WriteLine($"device   {device!["name"]}: {device["description"]}");
        var models = info["models"]!.AsArray();
        if (models.Count == 0) output.WriteLine("no models");
        foreach (var model in models)
        {
            output.WriteLine($"model    {model!["name"]}: {model["error"] ?? Facts(model)}");
            if ((string?)model["card"]?["summary"] is { } summary) output.WriteLine($"         {summary}");
        }
    }

    private static string Facts(JsonNode model)
    {
        var card = model["card"]!;
        return $"version {card["version"]}, {card["parameters"]} parameters, patches of {card["patch"]} pixels, sha256 {((string)model["sha256"]!)[..12]}…";
    }

    private static string List(JsonNode? names) => string.Join(", ", names!.AsArray());
}
