using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Networks;

namespace DistributedMatting.Workstation;

/// <summary>A network that is ready to matte, what it is called, and how it is to be used.</summary>
public sealed record MattingModel
{
    /// <summary>The network; used by <see cref="WorkstationLimits.Threads"/> threads at once. Not disposed here.</summary>
    public required IMattingNetwork Network { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of its files, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it runs on, as a person types it: "cpu", "cuda:0".</summary>
    public required string Device { get; init; }

    /// <summary>What it runs on, for a person.</summary>
    public required string DeviceName { get; init; }

    /// <summary>The kind of device, "cpu" or "cuda": results differ between kinds in the last bits.</summary>
    public required string DeviceKind { get; init; }

    /// <summary>What a plate is matted with.</summary>
    public required MattingSettings Settings { get; init; }

    /// <summary>What a plate may take of this machine.</summary>
    public required WorkstationLimits Limits { get; init; }
}
