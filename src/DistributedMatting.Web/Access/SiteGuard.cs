using System.Net;
using DistributedMatting.Web.Errors;
using DistributedMatting.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Access;

/// <summary>
/// Any page in a browser can send requests to an address that its visitor reaches. So a page of another origin is
/// refused (CSRF); and where the address alone lets callers in, the name asked for must be the service's own: a
/// foreign name that leads here is DNS rebinding.
/// </summary>
internal sealed class SiteGuard(AccessOptions options)
{
    public const string ForeignSite = "the request comes from another site; use the service's own address";
    public const string ForeignName = "the service is asked for by a name that is not its own; use its address, or tell the service its public URL";

    // Keys are never sent by a browser to a name that they were not given to; addresses and a proxy's headers are.
    private readonly bool _anyName = options is { KeyFile: not null, Proxy: null };

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsOwnName(context.Request.Host.Host)) throw new RefusedException(StatusCodes.Status403Forbidden, ForeignName);
        // A link on another site may lead to the pages; they do nothing by being opened.
        if (!PageFiles.IsPage(context.Request) && !IsOwnSite(context.Request)) throw new RefusedException(StatusCodes.Status403Forbidden, ForeignSite);
        return next(context);
    }

    // A number cannot be made to lead elsewhere; a closed service may be asked for by its number.
    private bool IsOwnName(string host) =>
        _anyName
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(options.PublicUrl?.Host, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && (options.IsClosed || IPAddress.IsLoopback(address)));

    private bool IsOwnSite(HttpRequest request)
    {
        // Browsers do not let pages write this header.
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || string.Equals(origin, options.PublicUrl?.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
    }
}
