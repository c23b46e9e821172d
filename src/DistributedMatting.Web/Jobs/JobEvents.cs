using System.Globalization;
using System.Text.Json;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Jobs;

/// <summary>
/// A job's statuses as server-sent events: each is whole, its id is the status's version. A watcher who comes back
/// with Last-Event-ID is told only what is new to it. The stream ends when the job has ended.
/// </summary>
internal static class JobEvents
{
    private static readonly JsonSerializerOptions OneLine = new(JobJson.Options) { WriteIndented = false };

    public static async Task WriteAsync(HttpContext context, IMattingService service, JobId id, TimeSpan heartbeat, TimeProvider clock)
    {
        var cancellation = context.RequestAborted;
        var seen = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : (long?)null;
        // Before the headers are gone: there may be no such job.
        await service.StatusAsync(id, cancellation);

        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(": this is a job's life, until it ends\n\n", cancellation);
        await context.Response.Body.FlushAsync(cancellation);

        await using var statuses = service.WatchAsync(id, seen, cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            var next = statuses.MoveNextAsync().AsTask();
            while (await IsQuietAsync(next, heartbeat, clock)) await SendAsync(context, ":\n\n");
            if (!await next) return;
            var status = statuses.Current;
            await SendAsync(context, string.Create(CultureInfo.InvariantCulture,
                $"id: {status.Version}\nevent: status\ndata: {JsonSerializer.Serialize(status, OneLine)}\n\n"));
        }
    }

    private static async Task<bool> IsQuietAsync(Task next, TimeSpan heartbeat, TimeProvider clock)
    {
        try
        {
            await next.WaitAsync(heartbeat, clock);
            return false;
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            return true;
        }
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
