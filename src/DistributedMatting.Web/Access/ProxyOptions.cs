using System.Net;
using DistributedMatting.Core;

namespace DistributedMatting.Web.Access;

/// <summary>
/// A reverse proxy that has asked its users who they are and says so in a header. It must remove that header
/// from what its users send. A request without it, or from elsewhere, is nobody's.
/// </summary>
public sealed record ProxyOptions
{
    /// <summary>The header with the user's name, like X-Remote-User.</summary>
    public required string UserHeader { get; init; }

    /// <summary>The header with the user's role; null gives all of them <see cref="Role"/>.</summary>
    public string? RoleHeader { get; init; }

    /// <summary>What a user may do whose role no header tells.</summary>
    public Role Role { get; init; } = Role.Submitter;

    /// <summary>The addresses that the proxy itself has; loopback unless told otherwise.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <exception cref="InvalidInputException">A header's name is none, or no address is named.</exception>
    internal void Validate()
    {
        RequireName(UserHeader);
        if (RoleHeader is not null) RequireName(RoleHeader);
        if (Addresses.Count == 0) throw new InvalidInputException("no address of the proxy is named; its header is trusted from there only");
    }

    private static void RequireName(string header)
    {
        if (header is { Length: > 0 and <= 100 } && header.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) return;
        throw new InvalidInputException("the name of the proxy's header must be letters, digits and '-', like X-Remote-User");
    }
}
