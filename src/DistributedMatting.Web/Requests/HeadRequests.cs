using DistributedMatting.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Web.Requests;

/// <summary>
/// What answers GET answers HEAD: the same address is found, and then does what it does for HEAD, which is the headers
/// alone. A stream of events has no end that its headers could tell of, so it takes GET alone.
/// </summary>
internal static class HeadRequests
{
    private static readonly object IsHead = new();

    /// <summary>Before routing, which knows GET alone.</summary>
    public static Task BeforeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(context.Request.Method)) return next(context);
        context.Items[IsHead] = true;
        context.Request.Method = HttpMethods.Get;
        return next(context);
    }

    /// <summary>After routing.</summary>
    public static Task AfterAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Items.ContainsKey(IsHead)) return next(context);
        context.Request.Method = HttpMethods.Head;
        if (!IsStream(context.GetEndpoint())) return next(context);
        context.Response.Headers.Allow = HttpMethods.Get;
        return Problems.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "a stream of events has no end, so it takes GET alone");
    }

    /// <summary>Whether an address is a stream of events.</summary>
    public static bool IsStream(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } pattern } && pattern.EndsWith("/events", StringComparison.Ordinal);
}
