using System.Globalization;
using DistributedMatting.Core;
using DistributedMatting.Onnx.Sessions;

namespace DistributedMatting.Onnx.Devices;

/// <summary>The devices of this machine that this build of ONNX Runtime can use.</summary>
public sealed class DeviceList
{
    private readonly bool _runtimeHasCuda;

    internal DeviceList(int processors, bool runtimeHasCuda, IReadOnlyList<string> gpus)
    {
        _runtimeHasCuda = runtimeHasCuda;
        All =
        [
            new Device(DeviceKind.Cpu, 0, $"{processors} logical {(processors == 1 ? "processor" : "processors")}"),
            .. (runtimeHasCuda ? gpus : []).Select((name, i) => new Device(DeviceKind.Cuda, i, name)),
        ];
    }

    /// <summary>Every device, the processor first.</summary>
    public IReadOnlyList<Device> All { get; }

    /// <summary>Looks at this machine.</summary>
    public static DeviceList OfThisMachine()
    {
        var cuda = OrtRuntime.Providers.Contains("CUDAExecutionProvider");
        return new DeviceList(Environment.ProcessorCount, cuda, cuda ? CudaDriver.DeviceNames() : []);
    }

    /// <summary>Throws unless a device could have this name, on whatever machine.</summary>
    /// <exception cref="InvalidInputException">It is neither <c>cpu</c> nor <c>cuda</c> nor <c>cuda:n</c>.</exception>
    public static void RequireName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.ToLowerInvariant() is not ("cpu" or "cuda") && !IsName(name)) throw new InvalidInputException($"device is \"{name}\"; it must be cpu, cuda or cuda:n");
    }

    /// <summary>The device of a name.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c> (the first) or <c>cuda:n</c>; case does not matter.</param>
    /// <exception cref="InvalidInputException">No such device; names those that are there.</exception>
    public Device Find(string name)
    {
        var wanted = name.Equals("cuda", StringComparison.OrdinalIgnoreCase) ? "cuda:0" : name;
        var found = All.FirstOrDefault(device => device.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (found is not null) return found;

        if (!IsName(wanted))
            throw new InvalidInputException($"device is \"{name}\"; it must be cpu, cuda or cuda:n. Here there is: {Names}.");
        var why = _runtimeHasCuda ? "" : " This build's ONNX Runtime has no CUDA; build with -p:OnnxRuntime=Gpu for one that has.";
        throw new InvalidInputException($"device {name} is not there. Here there is: {Names}.{why}");
    }

    private string Names => string.Join(", ", All.Select(device => device.Name));

    private static bool IsName(string name) =>
        name.StartsWith("cuda:", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
