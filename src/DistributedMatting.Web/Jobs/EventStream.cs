using System.Globalization;
using System.IO.Pipelines;
using DistributedMatting.Web.Access.Callers;
using DistributedMatting.Web.Jobs.Streams;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Jobs;

/// <summary>
/// Server-sent events: an id (a number that a client names when it comes back), a name, a line of JSON. Between
/// events a comment goes out now and then, so that nobody on the way takes the connection for dead.
/// </summary>
internal sealed class EventStream(TimeSpan heartbeat, TimeProvider clock, StillWelcome? welcome = null) : IDisposable
{
    // More goes out in another turn, and not before the client has taken these.
    private const int BytesAtOnce = 64 << 10;

    private static readonly byte[] Opening = ": events\n\n"u8.ToArray();
    private static readonly byte[] Heartbeat = ":\n\n"u8.ToArray();

    private readonly WatcherTurns _turns = new();

    /// <summary>One event; its data never changes.</summary>
    internal sealed record Message(long Id, string Name, object Data);

    /// <summary>How many are told events now.</summary>
    public int Watchers => _turns.Watchers;

    /// <summary>The last event that a client says it saw; null for none.</summary>
    public static long? LastSeen(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;

    /// <summary>Writes until the events end, the client goes or is not welcome any more, or the service stops.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="events">Makes the events; told when nobody wants them any more.</param>
    /// <param name="pace">Time between two batches of events, for those that replace each other; null tells each at once.</param>
    /// <param name="stopping">The end of the service.</param>
    public async Task WriteAsync(HttpContext context, Func<CancellationToken, IAsyncEnumerable<Message>> events, Func<TimeSpan>? pace, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        var messages = events(end.Token).GetAsyncEnumerator(end.Token);
        Task<bool>? next = null;
        _turns.Come();
        try
        {
            await SayAsync(context, Opening, end.Token);
            next = messages.MoveNextAsync().AsTask();
            while (true)
            {
                while (await IsQuietAsync(next))
                {
                    if (!await IsWelcomeAsync(context)) return;
                    await SayAsync(context, Heartbeat, end.Token);
                }

                if (!await IsWelcomeAsync(context)) return;
                ValueTask<FlushResult> flush;
                using (await _turns.TakeAsync(end.Token))
                {
                    // What is known already goes out together.
                    for (var bytes = 0; IsThere(next) && bytes < BytesAtOnce; next = messages.MoveNextAsync().AsTask())
                        bytes += EventText.Write(context.Response.BodyWriter, messages.Current);
                    flush = context.Response.BodyWriter.FlushAsync(end.Token);
                }

                // A client that is slow keeps nobody from a turn.
                await flush;
                if (next.IsCompleted && !await next) return;
                if (!IsThere(next) && pace?.Invoke() is { } rest) await Task.Delay(rest, clock, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The watcher has gone, or the service is going.
        }
        finally
        {
            _turns.Go();
            // An enumerator may not be disposed in the midst of a step.
            await end.CancelAsync();
            if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await messages.DisposeAsync();
        }
    }

    public void Dispose() => _turns.Dispose();

    private ValueTask<bool> IsWelcomeAsync(HttpContext context) => welcome?.IsAsync(context) ?? ValueTask.FromResult(true);

    private static bool IsThere(Task<bool> next) => next.IsCompletedSuccessfully && next.Result;

    private static async Task SayAsync(HttpContext context, ReadOnlyMemory<byte> text, CancellationToken cancellation) =>
        await context.Response.BodyWriter.WriteAsync(text, cancellation);

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
