using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Silo.Hosting;

/// <summary>
/// Answers in the API's place while a silo is not up: it lives, and is not ready. So nobody kills a silo that waits for its
/// Redis. /health/startup says yes while it waits, for it has begun as it should, and no while it joins the farm.
/// </summary>
internal sealed class WaitingRoom : IAsyncDisposable
{
    private const string NotYet = "this silo is not up yet; ask again in a moment";

    private readonly WebApplication _app;
    private volatile bool _waits;

    private WaitingRoom(IPEndPoint listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(listen);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 100;
        });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Whether the silo waits for something that starting it anew would not mend.</summary>
    public bool Waits { set => _waits = value; }

    /// <exception cref="IOException">Somebody else listens there, or the address is not this machine's.</exception>
    public static async Task<WaitingRoom> OpenAsync(IPEndPoint listen, CancellationToken cancellation)
    {
        var room = new WaitingRoom(listen);
        try
        {
            await room._app.StartAsync(cancellation);
            return room;
        }
        catch
        {
            await room.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path == "/health/live" || (path == "/health/startup" && _waits))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync($$"""{"status":503,"detail":"{{NotYet}}"}""", context.RequestAborted);
    }
}
