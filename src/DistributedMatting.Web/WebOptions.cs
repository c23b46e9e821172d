using System.Net;
using DistributedMatting.Core;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Limits;
using DistributedMatting.Web.Uploads;

namespace DistributedMatting.Web;

/// <summary>Where the REST API listens, and what its clients may reach.</summary>
public sealed record WebOptions
{
    /// <summary>Address and port. Other machines are let in only where <see cref="Access"/> says who they are.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 5080);

    /// <summary>Folders of the service's own, which no client may name a file in though a root holds them. That of the uploads always is one.</summary>
    public IReadOnlyList<string> Closed { get; init; } = [];

    /// <summary>Who is let in.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>How much one caller or project may have.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>Where uploads lie; null takes none.</summary>
    public UploadOptions? Uploads { get; init; }

    /// <summary>Folders that clients may name files in, links resolved; at least one.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Where metrics and traces are sent by OTLP: http://host:4318, or an address with a path, over HTTP; others over gRPC. Null sends none. /metrics is there in any case.</summary>
    public Uri? OtlpCollector { get; init; }

    /// <summary>Whether the process can do what it is there for, asked by whoever asks /health/ready; null: when it answers, it can.</summary>
    public Func<bool>? IsReady { get; init; }

    /// <summary>Labels that every line of /metrics has beside its own, like a role: names of letters and _, and their values.</summary>
    public IReadOnlyDictionary<string, string> MetricLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Longest time between two lines of an event stream, so that proxies keep it open.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most bytes of a request's body: every body but an upload's is a small record of paths and words.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>Throws unless it is safe to listen so.</summary>
    /// <exception cref="InvalidInputException">Says what is missing.</exception>
    internal PathRoots Validate()
    {
        Access.Validate(Listen);
        Limits.Validate();
        Uploads?.Validate();
        if (Heartbeat <= TimeSpan.Zero) throw new InvalidInputException("the heartbeat must be longer than nothing");
        return new PathRoots(Roots, Uploads is { } uploads ? [.. Closed, uploads.Folder] : Closed);
    }
}
