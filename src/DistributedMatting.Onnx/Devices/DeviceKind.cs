namespace DistributedMatting.Onnx.Devices;

/// <summary>Kinds of devices; results differ between kinds in the last bits, not within one.</summary>
public enum DeviceKind
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,
}
