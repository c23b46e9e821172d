using DistributedMatting.Core;

namespace DistributedMatting.Web.Access.Limits;

/// <summary>How much one caller or project may have of the service.</summary>
public sealed record LimitOptions
{
    private const int Most = 100_000;
    private const int BurstSeconds = 5;

    /// <summary>Requests a second that one caller may go on with, 1 to 100,000.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>
    /// Requests that one caller may send at once, 1 to 100,000: a deep zoom asks for a screen of tiles. Null: as many as
    /// <see cref="RequestsPerSecond"/> gives in five seconds, which is 1000 by default.
    /// </summary>
    public int? RequestBurst { get; init; }

    /// <summary>Event streams that one caller may have open, 1 to 10,000.</summary>
    public int Streams { get; init; } = 1000;

    /// <summary>Connections of all callers, 1 to 100,000.</summary>
    public int Connections { get; init; } = 5000;

    /// <summary>Jobs of one project that may be waiting, running or paused, 1 to 1,000,000; null for no limit.</summary>
    public int? ProjectQuota { get; init; }

    /// <summary>Quotas of projects that have another than <see cref="ProjectQuota"/>; 0 closes a project.</summary>
    public IReadOnlyDictionary<string, int> ProjectQuotas { get; init; } = new Dictionary<string, int>();

    internal int Burst => RequestBurst ?? Math.Min(Most, BurstSeconds * RequestsPerSecond);

    /// <exception cref="InvalidInputException">A limit is out of its own limits.</exception>
    internal void Validate()
    {
        Require("requests a second", RequestsPerSecond, 1, Most);
        Require("requests at once", Burst, 1, Most);
        Require("event streams of a caller", Streams, 1, 10_000);
        Require("connections", Connections, 1, 100_000);
        Require("the projects' quota", ProjectQuota ?? 1, 1, 1_000_000);
        foreach (var (project, quota) in ProjectQuotas) Require($"the quota of project '{project}'", quota, 0, 1_000_000);
    }

    private static void Require(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new InvalidInputException($"{name}: {value} will not do; it must be {least} to {most}");
    }
}
