using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Onnx.Models;

namespace DistributedMatting.Onnx.Tests.Support;

/// <summary>The stand-in model (StandIn/make.py), whole or spoilt.</summary>
public static class StandIn
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "StandIn");

    public static OnnxMattingNetwork Load() => OnnxMattingNetwork.Load(ModelFolder.Open(Folder), DeviceList.OfThisMachine().Find("cpu"));

    /// <summary>A copy whose card was changed.</summary>
    public static TemporaryFolder Copy(Action<JsonObject>? change = null)
    {
        var copy = new TemporaryFolder();
        foreach (var file in new[] { "encoder.onnx", "matter.onnx" })
            File.Copy(Path.Combine(Folder, file), copy.At(file));
        var card = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "card.json")))!.AsObject();
        change?.Invoke(card);
        File.WriteAllText(copy.At("card.json"), card.ToJsonString());
        return copy;
    }

    /// <summary>A copy in which one part's bytes are others, and the card agrees.</summary>
    public static TemporaryFolder CopyWithPart(string part, byte[] bytes)
    {
        var copy = Copy(card => card["files"]![part]!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)));
        File.WriteAllBytes(copy.At($"{part}.onnx"), bytes);
        return copy;
    }

    public static byte[] Part(string part) => File.ReadAllBytes(Path.Combine(Folder, $"{part}.onnx"));
}
