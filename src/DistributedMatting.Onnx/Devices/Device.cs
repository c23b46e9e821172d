using System.Globalization;

namespace DistributedMatting.Onnx.Devices;

/// <summary>Something that a network can run on.</summary>
/// <param name="Kind">Which execution provider.</param>
/// <param name="Index">Number among its kind, from 0.</param>
/// <param name="Description">What it is, for a person.</param>
public sealed record Device(DeviceKind Kind, int Index, string Description)
{
    /// <summary>As a person types it: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public string Name => Kind == DeviceKind.Cpu ? "cpu" : "cuda:" + Index.ToString(CultureInfo.InvariantCulture);
}
