using System.Net;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Access;

/// <summary>
/// Any page in a browser can send requests to loopback. So the name asked for must be loopback's own (a foreign
/// name that resolves to it is DNS rebinding), and a page of another origin is refused (CSRF).
/// </summary>
internal static class SameSite
{
    public const string Refusal = "the request comes from another site; use the service's own address";

    public static Task Guard(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (!IsOwn(context.Request)) throw new ForeignSiteException();
        return next(context);
    }

    private static bool IsOwn(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host)) return false;
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>A request that another site's page has sent.</summary>
internal sealed class ForeignSiteException() : Exception(SameSite.Refusal);
