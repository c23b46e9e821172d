using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DistributedMatting.Core.Jobs;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Jobs;

/// <summary>
/// Server-sent events: an id (a number that a client names when it comes back), a name, a line of JSON. Between
/// events a comment goes out now and then, so that nobody on the way takes the connection for dead.
/// </summary>
internal sealed class EventStream(TimeSpan heartbeat, TimeProvider clock)
{
    private static readonly JsonSerializerOptions OneLine = new(JobJson.Options) { WriteIndented = false };

    // Five hundred watchers are told the same status: it becomes text once.
    private static readonly ConditionalWeakTable<object, string> Texts = [];

    /// <summary>One event; its data never changes.</summary>
    internal sealed record Message(long Id, string Name, object Data)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"id: {Id}\nevent: {Name}\ndata: {Texts.GetValue(Data, data => JsonSerializer.Serialize(data, data.GetType(), OneLine))}\n\n");
    }

    /// <summary>The last event that a client says it saw; null for none.</summary>
    public static long? LastSeen(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;

    /// <summary>Writes until the events end, the client goes or the service stops.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="events">Makes the events; told when nobody wants them any more.</param>
    /// <param name="pace">Time between two batches of events, for those that replace each other; zero tells each at once.</param>
    /// <param name="stopping">The end of the service.</param>
    public async Task WriteAsync(HttpContext context, Func<CancellationToken, IAsyncEnumerable<Message>> events, TimeSpan pace, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        var messages = events(end.Token).GetAsyncEnumerator(end.Token);
        Task<bool>? next = null;
        try
        {
            await SendAsync(context, ": events\n\n", end.Token);
            next = messages.MoveNextAsync().AsTask();
            while (true)
            {
                while (await IsQuietAsync(next)) await SendAsync(context, ":\n\n", end.Token);
                // What is known already goes out together.
                for (; next.IsCompletedSuccessfully && next.Result; next = messages.MoveNextAsync().AsTask())
                    await context.Response.WriteAsync(messages.Current.ToString(), end.Token);
                await context.Response.Body.FlushAsync(end.Token);
                if (next.IsCompleted && !await next) return;
                if (pace > TimeSpan.Zero) await Task.Delay(pace, clock, end.Token);
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
            await messages.DisposeAsync();
        }
    }

    private static async Task SendAsync(HttpContext context, string text, CancellationToken cancellation)
    {
        await context.Response.WriteAsync(text, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }

    private async Task<bool> IsQuietAsync(Task next)
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
}
