using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Dashboard.Testing.Endpoints;

/// <summary>Server-sent events until the watcher goes or the connection is cut.</summary>
internal static class Streams
{
    public static int? LastSeen(HttpRequest request) =>
        int.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;

    public static async Task WriteAsync(HttpContext context, ChannelReader<string> lines, CancellationToken connected)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, connected);
        context.Response.ContentType = "text/event-stream";
        try
        {
            await context.Response.WriteAsync(": events\n\n", end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            await foreach (var line in lines.ReadAllAsync(end.Token))
            {
                await context.Response.WriteAsync(line, end.Token);
                await context.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
