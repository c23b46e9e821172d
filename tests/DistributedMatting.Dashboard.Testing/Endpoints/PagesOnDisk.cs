using DistributedMatting.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Dashboard.Testing.Endpoints;

/// <summary>The pages from their folder, for whoever edits them: reload the browser to see a change.</summary>
internal static class PagesOnDisk
{
    public static void Map(IEndpointRouteBuilder app, string folder)
    {
        app.MapGet("/", (HttpContext context) => Serve(context, folder, "index.html"));
        app.MapGet("/favicon.ico", (HttpContext context) => Serve(context, folder, "icon.svg"));
        app.MapGet("/pages/{**file}", (HttpContext context, string file) => Serve(context, folder, file));
    }

    private static IResult Serve(HttpContext context, string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = PageFiles.Policy;
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(path, PageFiles.TypeOf(name));
    }
}
