using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Web.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace DistributedMatting.Web.JobResults;

/// <summary>What there is of a job beside its status: pictures, patches, its alpha, where that came from, its log.</summary>
internal static class ResultEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var job = app.MapGroup("/api/v1/jobs/{id}").WithTags("results");
        PictureEndpoints.Map(job);
        job.MapGet("/patches", async (string id, HttpContext context, IMattingService service, CancellationToken cancellation) =>
            SendPatches(context, await service.Results.PatchesAsync(JobId.Parse(id), cancellation))).Produces<PatchMap>();
        job.MapGet("/patches/{index:int}", (string id, int index, IMattingService service, CancellationToken cancellation) =>
            service.Results.PatchAsync(JobId.Parse(id), index, cancellation));
        job.MapGet("/alpha", async (string id, IMattingService service, CancellationToken cancellation) =>
        {
            var job = await service.StatusAsync(JobId.Parse(id), cancellation);
            return new FileAnswer(await service.Results.AlphaAsync(job.Id, cancellation), ShownPaths.AlphaName(job.Submission));
        }).Produces<Stream>(StatusCodes.Status200OK, "image/tiff", "image/png").WithMetadata(FileAnswer.Ranges("image/tiff", "image/png"));
        job.MapGet("/provenance", async (string id, IMattingService service, CancellationToken cancellation) =>
            new FileAnswer(await service.Results.ProvenanceAsync(JobId.Parse(id), cancellation), null)).Produces<Stream>(StatusCodes.Status200OK, "application/json").WithMetadata(FileAnswer.Ranges("application/json"));
        job.MapGet("/log", (string id, IMattingService service, CancellationToken cancellation) =>
            service.Results.LogAsync(JobId.Parse(id), cancellation));
    }

    // Asked for again and again while a job runs, and mostly the same afterwards.
    private static IResult SendPatches(HttpContext context, PatchMap patches)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(patches, JobJson.Options)));
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash.AsSpan(0, 8))}\"");
        context.Response.Headers.ETag = etag.ToString();
        context.Response.Headers.CacheControl = "private, no-cache";
        return PictureEndpoints.Knows(context.Request, etag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Ok(patches);
    }
}
