using System.Globalization;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Callers;
using DistributedMatting.Web.Errors;
using DistributedMatting.Web.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Web.Uploads;

/// <summary>Files that come through the API, as resumable uploads: announce, append from an offset, ask how far it is.</summary>
internal static class UploadEndpoints
{
    private const string Prefix = "/api/v1/uploads";
    private const string OffsetHeader = "Upload-Offset";
    private const string BodyType = "application/offset+octet-stream";

    public static void Map(IEndpointRouteBuilder app, UploadStore store)
    {
        var uploads = CallerPolicy.Needs(app.MapGroup(Prefix).WithTags("uploads"), Role.Submitter);
        uploads.MapPost("/", async (NewUpload body, HttpContext context) =>
        {
            var (id, upload, isNew) = await store.BeginAsync(body, Caller.Of(context), context.RequestAborted);
            return isNew ? Results.Created($"{Prefix}/{id}", State(id, upload)) : Results.Ok(State(id, upload));
        }).Produces<UploadState>(StatusCodes.Status201Created).Produces<UploadState>();
        uploads.MapGet("/{id}", (string id, HttpContext context) => State(id, store.Find(id, Caller.Of(context))));
        uploads.MapPatch("/{id}", (string id, HttpContext context) => AppendAsync(store, id, context)).Produces(StatusCodes.Status204NoContent);
        uploads.MapDelete("/{id}", async (string id, HttpContext context) =>
        {
            store.Find(id, Caller.Of(context));
            await store.DeleteAsync(id, context.RequestAborted);
            return Results.NoContent();
        });

        UploadState State(string id, Upload upload) => new(id, store.Folder.Offset(id), upload.Bytes);
    }

    private static async Task<IResult> AppendAsync(UploadStore store, string id, HttpContext context)
    {
        var upload = store.Find(id, Caller.Of(context));
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (!BodyType.Equals(type, StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(StatusCodes.Status415UnsupportedMediaType, $"an upload's bytes come as Content-Type: {BodyType}");
        if (!long.TryParse(context.Request.Headers[OffsetHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            throw new RefusedException(StatusCodes.Status400BadRequest, $"the header {OffsetHeader} is missing or no number; it says how many bytes have come before these");

        // Every other body is small; this one may be as long as what is left. The store refuses what is longer, and so much more is heard out.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Math.Max(0, upload.Bytes - offset) + UnreadBody.Most;
        try
        {
            offset = await store.AppendAsync(id, upload, offset, context.Request.BodyReader, context.RequestAborted);
        }
        catch (WrongOffsetException wrong)
        {
            context.Response.Headers[OffsetHeader] = wrong.Offset.ToString(CultureInfo.InvariantCulture);
            await Problems.WriteAsync(context, StatusCodes.Status409Conflict, $"the upload is at byte {wrong.Offset.ToString(CultureInfo.InvariantCulture)}; go on from there");
            return Results.Empty;
        }

        context.Response.Headers[OffsetHeader] = offset.ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }

    /// <summary>How far an upload is.</summary>
    internal sealed record UploadState(string Id, long Offset, long Bytes);
}
