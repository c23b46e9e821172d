using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Plates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace DistributedMatting.Web.JobResults;

/// <summary>
/// Pictures of a job: tiles of a pyramid, or any region at any scale. What a client has already is not sent again; who wants
/// a tile anew changes its address by any <c>v</c>.
/// </summary>
internal static class PictureEndpoints
{
    public static void Map(RouteGroupBuilder job)
    {
        job.MapGet("/pictures", (string id, IMattingService service, CancellationToken cancellation) =>
            service.Results.PicturesAsync(JobId.Parse(id), cancellation));
        job.MapGet("/pictures/{view}/{level:int}/{x:int}_{y:int}", async (
            string id, string view, int level, int x, int y, string? over, string? v, HttpContext context, IMattingService service, CancellationToken cancellation) =>
        {
            var (job, what, under) = (JobId.Parse(id), ViewOf(view), Backdrop.Parse(over));
            return await SendAsync(context, service, job, what, $"{under}-{level}-{x}-{y}",
                () => service.Results.TileAsync(job, what, level, x, y, under, cancellation), cancellation);
        });
        job.MapGet("/pictures/{view}", async (
            string id, string view, int x, int y, int width, int height, double scale, string? over,
            HttpContext context, IMattingService service, CancellationToken cancellation) =>
        {
            var (job, what, under) = (JobId.Parse(id), ViewOf(view), Backdrop.Parse(over));
            var region = new PictureRegion(new PixelRect(x, y, width, height), scale);
            return await SendAsync(context, service, job, what, FormattableString.Invariant($"{under}-{x}-{y}-{width}-{height}-{scale}"),
                () => service.Results.RegionAsync(job, what, region, under, cancellation), cancellation);
        });
    }

    private static async Task<IResult> SendAsync(
        HttpContext context, IMattingService service, JobId job, PictureView view, string part, Func<Task<EncodedPicture>> paint, CancellationToken cancellation)
    {
        var tag = await service.Results.TagAsync(job, view, cancellation);
        // The plate of a job that is done may be replaced, but hardly ever is; and its address is then a new job's.
        context.Response.Headers.CacheControl = tag.IsFinal ? "private, max-age=31536000, immutable" : "private, no-cache";
        var etag = new EntityTagHeaderValue($"\"{tag.Tag}-{part}\"");
        if (Knows(context.Request, etag))
        {
            context.Response.Headers.ETag = etag.ToString();
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var picture = await paint();
        context.Response.Headers.ETag = etag.ToString();
        return Results.Bytes(picture.Bytes, picture.ContentType);
    }

    internal static bool Knows(HttpRequest request, EntityTagHeaderValue etag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false) || known == EntityTagHeaderValue.Any);

    // Enum.TryParse would take numbers too.
    private static PictureView ViewOf(string text)
    {
        foreach (var view in Enum.GetValues<PictureView>())
            if (text.Equals(view.ToString(), StringComparison.OrdinalIgnoreCase)) return view;
        throw new InvalidInputException("the view is none of plate, trimap, alpha, composite");
    }
}
