using System.Net;
using DistributedMatting.Core;
using DistributedMatting.Silo.Objects;
using DistributedMatting.Web.Metrics;

namespace DistributedMatting.Silo.Hosting;

/// <summary>Where a silo stands, and whom it joins.</summary>
public sealed record SiloOptions
{
    /// <summary>Name of the cluster: silos of another name are another farm, even in the same Redis.</summary>
    public string Cluster { get; init; } = "matting";

    /// <summary>Name of this silo, for people: 1 to 60 letters, digits, - _ . or :, no other silo's. Null: the machine's, and the port.</summary>
    public string? Name { get; init; }

    /// <summary>A StackExchange.Redis connection string; null: this silo alone, and nothing survives it.</summary>
    public string? Redis { get; init; }

    /// <summary>Its password where <see cref="Redis"/> does not say it, whatever its letters; null for none.</summary>
    public string? RedisPassword { get; init; }

    /// <summary>What Redis holds of the farm's objects.</summary>
    public RedisObjectsOptions RedisObjects { get; init; } = new();

    /// <summary>The address at which other silos reach this one; in a pod, the pod's IP.</summary>
    public IPAddress Advertise { get; init; } = IPAddress.Loopback;

    /// <summary>Port for other silos, 1 to 65535.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for clients, 1 to 65535.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>Where pictures of jobs are kept, by this silo alone; null: below the shared folder, under its name.</summary>
    public string? Pictures { get; init; }

    /// <summary>What runs here.</summary>
    public SiloRoles Roles { get; init; } = SiloRoles.All;

    /// <summary>Its roles in the words that it was started with, for metrics.</summary>
    public string RoleNames { get; init; } = "all";

    /// <summary>Where traces and metrics are sent by OTLP, like http://127.0.0.1:4317; null sends none.</summary>
    public Uri? OtlpCollector { get; init; }

    /// <summary><see cref="Name"/>, or what stands for it.</summary>
    public string FullName => Name ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Environment.MachineName}:{SiloPort}");

    /// <summary>
    /// A silo that answers nobody for so long is declared dead, 1 s to 5 minutes; the same on all silos. Patches are small, so a
    /// false alarm costs little; but on machines that are overloaded or swap there should not be many.
    /// </summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest time that leaving the farm may take.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Throws unless every value lies within its limits.</summary>
    /// <exception cref="InvalidInputException">Names the setting and what would be right.</exception>
    public void Validate()
    {
        if (Cluster.Length is 0 or > 100 || !Cluster.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new InvalidInputException($"cluster is '{Cluster}'; it must be 1 to 100 letters, digits, - or _");
        if (Name is { } name && (name.Length is 0 or > 60 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')))
            throw new InvalidInputException($"name is '{name}'; it must be 1 to 60 letters, digits, - _ . or :");
        if (SiloPort is < 1 or > 65535) throw new InvalidInputException($"silo port is {SiloPort}; it must be 1 to 65535");
        if (GatewayPort is < 1 or > 65535) throw new InvalidInputException($"gateway port is {GatewayPort}; it must be 1 to 65535");
        OtlpAddress.Require(OtlpCollector);
        RedisObjects.Validate();
        if (DeadAfter < TimeSpan.FromSeconds(1) || DeadAfter > TimeSpan.FromMinutes(5))
            throw new InvalidInputException($"a silo is dead after {DeadAfter.TotalSeconds} s; it must be 1 to 300 s");
        if (Roles == 0) throw new InvalidInputException("no role is given; it must be coordinator, cpu or gpu");
    }
}

/// <summary>What runs on a silo.</summary>
[Flags]
public enum SiloRoles
{
    /// <summary>Scheduler, catalog, plate jobs and the stages that need no network.</summary>
    Coordinator = 1,

    /// <summary>Workers, on whatever device is configured.</summary>
    Worker = 2,

    /// <summary>Both.</summary>
    All = Coordinator | Worker,
}
