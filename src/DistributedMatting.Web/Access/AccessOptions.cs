using System.Net;
using DistributedMatting.Core;

namespace DistributedMatting.Web.Access;

/// <summary>Who is let in. Nothing set: everyone who reaches the service is its operator, and it must listen on loopback.</summary>
public sealed record AccessOptions
{
    /// <summary>The file of API keys that <c>matting keys</c> writes; null for none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>A proxy that knows its users; null for none.</summary>
    public ProxyOptions? Proxy { get; init; }

    /// <summary>The address that browsers use, where a proxy changes it: https://matting.example. Null where it is the service's own.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Where the secret of browser sessions is kept, so that they survive a restart, and which of them were signed out; services that share it share both. Null forgets them.</summary>
    public string? SessionFolder { get; init; }

    /// <summary>How long a session lasts that nobody uses, 1 minute to 30 days.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Whether callers must say who they are.</summary>
    internal bool IsClosed => KeyFile is not null || Proxy is not null;

    /// <exception cref="InvalidInputException">It is not safe to listen so.</exception>
    internal void Validate(IPEndPoint listen)
    {
        if (!IsClosed && !IPAddress.IsLoopback(listen.Address))
            throw new InvalidInputException($"{listen} is open to other machines, and there are no API keys; make some with 'matting keys add', or listen on 127.0.0.1");
        if (PublicUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/"))
            throw new InvalidInputException("the public URL must be a scheme and a name, like https://matting.example");
        if (SessionLength < TimeSpan.FromMinutes(1) || SessionLength > TimeSpan.FromDays(30))
            throw new InvalidInputException("the length of a session must be 1 minute to 30 days");
        Proxy?.Validate();
    }
}
