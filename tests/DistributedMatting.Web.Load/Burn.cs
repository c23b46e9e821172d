using DistributedMatting.Onnx;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Onnx.Models;

namespace DistributedMatting.Web.Load;

/// <summary>Work that never ends, in the service's process, as inference has its cores.</summary>
/// <param name="Threads">How many do it.</param>
/// <param name="Model">The folder of the network whose encoder they run; null: arithmetic.</param>
internal sealed record Burn(int Threads, string? Model)
{
    /// <summary>Begins; it goes on until the process ends. What is given back is to be kept so long.</summary>
    public IDisposable? Begin()
    {
        var network = Model is null || Threads == 0 ? null : OnnxMattingNetwork.Load(ModelFolder.Open(Model), DeviceList.OfThisMachine().Find("cpu"));
        for (var i = 0; i < Threads; i++)
            new Thread(() => { if (network is null) Compute(); else Encode(network); }) { IsBackground = true }.Start();
        return network;
    }

    private static void Encode(OnnxMattingNetwork network)
    {
        var shape = network.Shape;
        var patch = new float[shape.InputChannels * shape.Patch * shape.Patch];
        for (var i = 0; i < patch.Length; i++) patch[i] = i % 251 / 251f;
        while (true) network.Encode(patch);
    }

    private static void Compute()
    {
        for (var x = 1.0; ; x = Math.Sqrt(x + 1)) if (double.IsNaN(x)) return;
    }
}
