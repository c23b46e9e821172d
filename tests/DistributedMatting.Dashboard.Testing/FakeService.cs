using System.Net;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Dashboard.Testing.Endpoints;
using DistributedMatting.Dashboard.Testing.Jobs;
using DistributedMatting.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DistributedMatting.Dashboard.Testing;

/// <summary>
/// The real pages over a made-up service: the same addresses and records, jobs that a test moves by hand,
/// a plate that is computed. Connections can be cut and keys demanded.
/// </summary>
public sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private CancellationTokenSource _connected = new();

    private FakeService(int port, string? pages)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json => JobJson.ApplyTo(json.SerializerOptions));
        _app = builder.Build();
        _app.UseExceptionHandler(handler => handler.Run(Explain));
        _app.Use(Cut);
        _app.UseRouting();
        if (pages is null) PageFiles.Map(_app);
        else PagesOnDisk.Map(_app, pages);
        JobEndpoints.Map(_app, this);
        PictureEndpoints.Map(_app, this);
        OtherEndpoints.Map(_app, this);
    }

    public FakeJobs Jobs { get; } = new();

    public FakeWorkers Workers { get; } = new();

    public FakeKeys Keys { get; } = new();

    public FakeUploads Uploads { get; } = new();

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>Ends when the connections are cut.</summary>
    internal CancellationToken Connected => _connected.Token;

    /// <param name="port">0 takes a free one.</param>
    /// <param name="pages">A folder to serve the pages from, as they are at that moment; null serves those of the assembly.</param>
    public static async Task<FakeService> StartAsync(int port = 0, string? pages = null)
    {
        var service = new FakeService(port, pages);
        await service._app.StartAsync();
        return service;
    }

    /// <summary>Cuts every connection and answers nothing until <see cref="Mend"/>.</summary>
    public void Break() => _connected.Cancel();

    public void Mend() => _connected = new CancellationTokenSource();

    public async ValueTask DisposeAsync()
    {
        await _connected.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private Task Cut(HttpContext context, RequestDelegate next)
    {
        if (!_connected.IsCancellationRequested) return next(context);
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task Explain(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        var status = error switch
        {
            InvalidInputException => 400,
            JobNotFoundException => 404,
            JobConflictException => 409,
            _ => 500,
        };
        return Results.Problem(error.Message, statusCode: status).ExecuteAsync(context);
    }
}
