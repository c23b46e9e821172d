using System.Reflection;
using DistributedMatting.Web.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Web.Access.Callers;

/// <summary>GET /me: who the service takes the caller for, and what it offers.</summary>
internal static class MeEndpoint
{
    private static readonly string Version =
        typeof(MeEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void Map(IEndpointRouteBuilder app, IReadOnlyList<string> roots, UploadOptions? uploads)
    {
        var limits = uploads is null ? null : new UploadLimits(uploads.MaxBytes, UploadOptions.ChunkBytes);
        app.MapGet("/api/v1/me", (HttpContext context) =>
        {
            var caller = Caller.Of(context);
            // Whoever cannot submit has no use for the folders' names.
            return new Me(caller.Name, caller.Role, caller.Projects, caller.Authentication, caller.Role == Role.Viewer ? [] : roots, limits, Version);
        }).WithTags("access").Produces<Me>();
    }

    /// <summary>The answer.</summary>
    internal sealed record Me(
        string Name, Role Role, IReadOnlyList<string>? Projects, string Authentication, IReadOnlyList<string> Roots, UploadLimits? Uploads, string Version);

    /// <summary>What may be uploaded.</summary>
    /// <param name="MaxBytes">Most bytes of one file.</param>
    /// <param name="ChunkBytes">Bytes of a good chunk: what a broken connection costs at most.</param>
    internal sealed record UploadLimits(long MaxBytes, long ChunkBytes);
}
