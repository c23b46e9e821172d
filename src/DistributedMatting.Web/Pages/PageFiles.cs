using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace DistributedMatting.Web.Pages;

/// <summary>
/// The dashboard: files embedded in the assembly, served at / and under /pages. They are the same for everyone and
/// hold no secret, so they need no key; all that they show comes through the API.
/// </summary>
internal static class PageFiles
{
    /// <summary>Scripts, styles, fonts and pictures from here alone; nothing inline, no frames, no forms sent anywhere.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Resources = "pages/";
    private const string Home = "index.html";

    private static readonly FrozenDictionary<string, PageFile> Files = Read();

    public static void Map(IEndpointRouteBuilder app)
    {
        // Some fifty small files at once, held in memory: whoever reloads a few times must not be told to wait.
        var pages = app.MapGroup("").AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        pages.MapGet("/", (HttpContext context) => Serve(context, Home));
        pages.MapGet("/favicon.ico", (HttpContext context) => Serve(context, "icon.svg"));
        pages.MapGet("/pages/{**file}", (HttpContext context, string? file) => Serve(context, file ?? ""));
    }

    /// <summary>Whether a request is for the pages themselves: a link to a job on another site may lead here.</summary>
    public static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && (request.Path == "/" || request.Path == "/favicon.ico" || request.Path.StartsWithSegments("/pages", StringComparison.Ordinal));

    private static IResult Serve(HttpContext context, string name)
    {
        if (!Files.TryGetValue(name, out var file)) return Results.Problem("there is no such page", statusCode: StatusCodes.Status404NotFound);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache"; // asked for again each time, and answered with 304: a new version shows at once
        return Results.Bytes(file.Bytes, file.Type, entityTag: file.Tag);
    }

    private static FrozenDictionary<string, PageFile> Read()
    {
        var assembly = typeof(PageFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Resources, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Resources.Length..], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static PageFile Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
        return new PageFile(bytes, TypeOf(name), new EntityTagHeaderValue($"\"{hash}\""));
    }

    /// <summary>The media type of a page's file, by its ending.</summary>
    internal static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };

    private sealed record PageFile(byte[] Bytes, string Type, EntityTagHeaderValue Tag);
}
