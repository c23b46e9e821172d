using System.Net;
using System.Text.Encodings.Web;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DistributedMatting.Web.Access.Callers;

/// <summary>Who calls: by the key in the Authorization header, by the proxy's header, or by a browser's session.</summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> scheme, ILoggerFactory logs, UrlEncoder encoder, AccessOptions options, KeyRing? keys = null)
    : AuthenticationHandler<AuthenticationSchemeOptions>(scheme, logs, encoder)
{
    public const string Name = "matting";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!options.IsClosed) return LetIn(Caller.Local);
        var authorization = Request.Headers.Authorization.ToString();
        // A key that is wrong is not made good by a session that is right.
        if (authorization.Length > 0) return Of(authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? keys?.Find(authorization[Bearer.Length..].Trim()) : null);
        if (FromProxy() is { } user) return LetIn(user);
        return keys is null ? AuthenticateResult.NoResult() : Of(await Sessions.KeyOfAsync(Context, keys));
    }

    private Caller? FromProxy()
    {
        if (options.Proxy is not { } proxy || !proxy.Addresses.Contains(Plain(Context.Connection.RemoteIpAddress))) return null;
        // A comma: someone has sent the header too, and the proxy has added its own.
        if (Request.Headers[proxy.UserHeader] is not [{ Length: > 0 and <= JobLimits.MaxName } name] || name.Any(c => char.IsControl(c) || c == ',')) return null;
        var role = proxy.Role;
        if (proxy.RoleHeader is { } header && Request.Headers[header] is [{ Length: > 0 } told] && !TryRole(told, out role)) return null;
        return new Caller(name, role, null, "proxy");
    }

    private static bool TryRole(string text, out Role role) =>
        Enum.TryParse(text, ignoreCase: true, out role) && Enum.IsDefined(role) && !char.IsAsciiDigit(text[0]);

    private static IPAddress Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;

    private AuthenticateResult Of(KeyEntry? key) => key is null ? AuthenticateResult.NoResult() : LetIn(Caller.Of(key));

    private AuthenticateResult LetIn(Caller caller) => AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(), Scheme.Name));
}
