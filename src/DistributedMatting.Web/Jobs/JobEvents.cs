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

    public static async Task WriteAsync(
        HttpContext context, IMattingService service, JobId id, TimeSpan heartbeat, TimeProvider clock, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        // Before the headers are gone: there may be no such job.
        await service.StatusAsync(id, end.Token);
        context.Response.ContentType = "text/event-stream";
        var statuses = service.WatchAsync(id, LastSeen(context.Request), end.Token).GetAsyncEnumerator(end.Token);
        Task<bool>? next = null;
        try
        {
            await SendAsync(context, ": a job's statuses, until it ends\n\n", end.Token);
            while (true)
            {
                next = statuses.MoveNextAsync().AsTask();
                while (await IsQuietAsync(next, heartbeat, clock)) await SendAsync(context, ":\n\n", end.Token);
                if (!await next) return;
                var status = statuses.Current;
                await SendAsync(context, string.Create(CultureInfo.InvariantCulture,
                    $"id: {status.Version}\nevent: status\ndata: {JsonSerializer.Serialize(status, OneLine)}\n\n"), end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The watcher has gone, or the service is going.
        }
        finally
        {
            // An enumerator may not be disposed in the midst of a step.
            await end.CancelAsync();
            if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await statuses.DisposeAsync();
        }
    }

    private static long? LastSeen(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;

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

    private static async Task SendAsync(HttpContext context, string text, CancellationToken cancellation)
    {
        await context.Response.WriteAsync(text, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
