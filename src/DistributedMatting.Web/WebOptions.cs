using System.Net;
using DistributedMatting.Core;
using DistributedMatting.Web.Access;

namespace DistributedMatting.Web;

/// <summary>Where the REST API listens, and what its clients may reach.</summary>
public sealed record WebOptions
{
    /// <summary>Address and port. Only loopback: there are no API keys yet, so no other machine may be let in.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 5080);

    /// <summary>Folders that clients may name files in, links resolved; at least one.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Longest time between two lines of an event stream, so that proxies keep it open.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most bytes of a request's body: every body is a small record of paths and words.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>Throws unless it is safe to listen so.</summary>
    /// <exception cref="InvalidInputException">Says what is missing.</exception>
    internal PathRoots Validate()
    {
        if (!IPAddress.IsLoopback(Listen.Address))
            throw new InvalidInputException($"{Listen}: is open to other machines, and there are no API keys; listen on 127.0.0.1 and put a proxy that knows its users before it");
        if (Heartbeat <= TimeSpan.Zero) throw new InvalidInputException("the heartbeat must be longer than nothing");
        return new PathRoots(Roots);
    }
}
