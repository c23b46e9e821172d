using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Access;

/// <summary>What browsers are told of every answer: data is no page, and is not kept. What is a page, or may be kept, says so itself.</summary>
internal static class SecurityHeaders
{
    private const string NoPage = "default-src 'none'; frame-ancestors 'none'";

    public static Task AddTo(HttpContext context, RequestDelegate next)
    {
        // As late as that, because an error clears what was said before it.
        context.Response.OnStarting(() =>
        {
            Say(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Say(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = NoPage;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
    }
}
