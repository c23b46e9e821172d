using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Cli.Tests.Remote;

/// <summary>A server that does to each connection what the test wants.</summary>
internal sealed class BrokenServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    /// <param name="answer">Answers a request, given how many came before it.</param>
    public BrokenServer(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(context => answer(context, Interlocked.Increment(ref _requests) - 1));
    }

    public int Requests => Volatile.Read(ref _requests);

    public async Task<Uri> StartAsync()
    {
        await _app.StartAsync();
        return new Uri(_app.Urls.Single() + "/");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
