using DistributedMatting.Silo.Hosting;
using DistributedMatting.Silo.Plates;

namespace DistributedMatting.Chaos.Farm;

/// <summary>What the silos of a farm share.</summary>
public sealed record FarmChoices
{
    public required string Folder { get; init; }

    public required string Redis { get; init; }

    /// <summary>A model's folder; null for the network of arithmetic.</summary>
    public string? Model { get; init; }

    /// <summary>How slow the network of arithmetic is.</summary>
    public int PatchMilliseconds { get; init; }

    /// <summary>Side of a patch of the network of arithmetic.</summary>
    public int PatchSide { get; init; } = 32;

    /// <summary>Patches that a worker takes at once; null: as it sees fit.</summary>
    public int? Batch { get; init; } = 4;

    /// <summary>Seconds without an answer after which a silo is declared dead.</summary>
    public int DeadAfter { get; init; } = 3;

    /// <summary>Bytes of results that a silo keeps in memory; null: as many as it does by itself.</summary>
    public long? ObjectBytes { get; init; }

    /// <summary>Whether what finished jobs have made stays, to be counted.</summary>
    public bool KeepWork { get; init; } = true;

    /// <summary>Where traces and metrics are sent; null sends none.</summary>
    public string? Collector { get; init; }

    /// <summary>What silos load.</summary>
    public FarmModel Network() =>
        Model is null ? TestPlates.Fake(TimeSpan.FromMilliseconds(PatchMilliseconds), PatchSide) : FarmModel.Open(Model, "cpu");

    /// <summary>The same without its slowness, for a workstation to compare with: that changes no byte.</summary>
    public FarmModel Reference() => (this with { PatchMilliseconds = 0 }).Network();
}

/// <summary>What is one silo's own.</summary>
public sealed record SiloChoices
{
    public string? Name { get; init; }

    public int Workers { get; init; } = 1;

    public SiloRoles Roles { get; init; } = SiloRoles.All;

    public string Address { get; init; } = "127.0.0.1";

    public int SiloPort { get; init; } = Ports.Free();

    public int GatewayPort { get; init; } = Ports.Free();

    /// <summary>Port of the REST API and the dashboard on loopback; null: none.</summary>
    public int? Listen { get; init; }
}
