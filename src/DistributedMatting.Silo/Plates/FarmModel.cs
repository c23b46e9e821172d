using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Core.Networks;
using DistributedMatting.Onnx;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Onnx.Models;

namespace DistributedMatting.Silo.Plates;

/// <summary>A network that the whole farm mattes with; a coordinator knows it without loading it.</summary>
public sealed record FarmModel
{
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of its files, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its sizes.</summary>
    public required NetworkShape Shape { get; init; }

    /// <summary>What the farm computes on, "cpu" or "cuda".</summary>
    public required string DeviceKind { get; init; }

    /// <summary>What a plate is matted with where its submission does not say.</summary>
    public required MattingSettings Settings { get; init; }

    /// <summary>What it is loaded on: looked for when this is called.</summary>
    public required Func<WorkerDevice> Hardware { get; init; }

    /// <summary>Loads it.</summary>
    public required Func<IMattingNetwork> Load { get; init; }

    /// <summary>The model of a folder.</summary>
    /// <param name="folder">Holds a card and what it names.</param>
    /// <param name="device">"cpu", "cuda" or "cuda:n": looked for when it is loaded.</param>
    /// <exception cref="InvalidInputException">The folder is damaged, or no model's; or the device's name is none.</exception>
    public static FarmModel Open(string folder, string device)
    {
        DeviceList.RequireName(device);
        var model = ModelFolder.Open(folder);
        return new FarmModel
        {
            Name = model.Card.Name,
            Sha256 = model.Sha256,
            Shape = model.Card.Shape,
            DeviceKind = device.StartsWith("cuda", StringComparison.OrdinalIgnoreCase) ? "cuda" : "cpu",
            Settings = new MattingSettings { Margin = model.Card.Margin, Contexts = model.Card.Contexts, ContextUse = model.Card.ContextUse },
            Hardware = () => Found(DeviceList.OfThisMachine().Find(device)),
            Load = () => OnnxMattingNetwork.Load(model, DeviceList.OfThisMachine().Find(device)),
        };
    }

    // What a container may use, where it is in one.
    private static WorkerDevice Found(Device device) => device.Kind == Onnx.Devices.DeviceKind.Cpu
        ? new WorkerDevice(device.Description, "cpu", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        : new WorkerDevice(device.Description, "cuda");
}
