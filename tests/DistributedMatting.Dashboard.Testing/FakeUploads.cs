using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Dashboard.Testing;

/// <summary>Uploads that can be cut at a byte that a test names.</summary>
public sealed class FakeUploads
{
    public const int ChunkBytes = 64 * 1024;

    private readonly ConcurrentDictionary<string, Upload> _uploads = new();

    /// <summary>Every upload's name and bytes so far.</summary>
    public IReadOnlyDictionary<string, long> Offsets => _uploads.Values.ToDictionary(upload => upload.Name, upload => upload.Offset);

    /// <summary>Offset at which the next connection breaks, once; null for none.</summary>
    public long? CutAt { get; set; }

    internal IResult Begin(NewUpload body)
    {
        var upload = _uploads.Values.FirstOrDefault(known => known.Token == body.Token)
            ?? new Upload(Guid.NewGuid().ToString("N")[..16], body.Token, body.Name, body.Bytes);
        _uploads[upload.Id] = upload;
        return Results.Ok(upload.Say());
    }

    internal IResult Get(string id) => _uploads.TryGetValue(id, out var upload) ? Results.Ok(upload.Say()) : Missing();

    internal IResult Delete(string id) => _uploads.TryRemove(id, out _) ? Results.NoContent() : Missing();

    internal async Task<IResult> Append(HttpContext context, string id)
    {
        if (!_uploads.TryGetValue(id, out var upload)) return Missing();
        var offset = long.Parse(context.Request.Headers["Upload-Offset"].ToString(), CultureInfo.InvariantCulture);
        if (offset != upload.Offset) return Results.Problem($"the upload goes on at {upload.Offset}", statusCode: 409);
        var buffer = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
        {
            upload.Offset += read;
            if (CutAt is not { } cut || upload.Offset < cut) continue;
            CutAt = null;
            context.Abort();
            return Results.Empty;
        }

        context.Response.Headers["Upload-Offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }

    private static IResult Missing() => Results.Problem("there is no such upload; it may have been swept", statusCode: 404);

    internal sealed record NewUpload(string Token, string Name, long Bytes);

    private sealed record Upload(string Id, string Token, string Name, long Bytes)
    {
        public long Offset { get; set; }

        public object Say() => new { Id, Offset, Bytes };
    }
}
