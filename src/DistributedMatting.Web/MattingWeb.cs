using System.Text.Json.Serialization;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Callers;
using DistributedMatting.Web.Errors;
using DistributedMatting.Web.JobResults;
using DistributedMatting.Web.Jobs;
using DistributedMatting.Web.Metrics;
using DistributedMatting.Web.Pages;
using DistributedMatting.Web.Requests;
using DistributedMatting.Web.Uploads;
using DistributedMatting.Web.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Web;

/// <summary>The REST API over a matting service, whatever engine stands behind it.</summary>
public static class MattingWeb
{
    private const int LeastThreads = 32;
    private const string NotReady = "it is not ready yet, or not any more; ask again in a moment";

    /// <summary>Makes the process's web application; it is not started yet.</summary>
    /// <param name="options">Where it listens, and what clients may reach.</param>
    /// <param name="service">What does the work. Not disposed here.</param>
    /// <param name="clock">Whose time paces the event streams.</param>
    /// <exception cref="InvalidInputException">The options are not safe to listen with.</exception>
    public static WebApplication Create(WebOptions options, IMattingService service, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        var roots = options.Validate();
        ReserveThreads();
        // Empty: no configuration file or variable of the machine may change where it listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Listen);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = WebOptions.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = options.Limits.Connections;
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter(IsNews);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(service);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(all => new EventStream(options.Heartbeat, clock, all.GetRequiredService<StillWelcome>()));
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Complete);
        builder.Services.AddExceptionHandler<Problems>();
        ApiDescription.AddTo(builder.Services);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            JobJson.ApplyTo(json.SerializerOptions);
            ShownPaths.ApplyTo(json.SerializerOptions);
            // A misspelt field must not be taken for one that was left out.
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        MetricsSetup.AddTo(builder.Services, options);
        AccessSetup.AddTo(builder.Services, options, roots, clock);
        var uploads = UploadSetup.AddTo(builder.Services, options.Uploads, service);

        var app = builder.Build();
        app.Use(UnreadBody.HearOutAsync);
        app.Use(SecurityHeaders.AddTo);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(new SiteGuard(options.Access).InvokeAsync);
        app.Use(HeadRequests.BeforeAsync);
        app.UseRouting();
        app.Use(HeadRequests.AfterAsync);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.Use(new KnownQueries().InvokeAsync);
        JobEndpoints.Map(app);
        ResultEndpoints.Map(app);
        WorkerEndpoints.Map(app);
        MetricsSetup.Map(app);
        Sessions.Map(app);
        MeEndpoint.Map(app, roots.Folders, options.Uploads);
        if (uploads is not null) UploadEndpoints.Map(app, uploads);
        MapHealth(app, options.IsReady);
        PageFiles.Map(app);
        ApiDescription.Map(app);
        return app;
    }

    /// <summary>Answers first requests of its own, so that nobody else's wait until the code for them is compiled. Some hundreds of milliseconds, once it is started.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task WarmAsync(WebApplication web, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(web);
        return FirstRequests.AskAsync(web, FirstRequests.Patience, cancellation);
    }

    // An engine blocks threads of the pool for as long as a plate takes, disks block others for a moment. With as many
    // as there are cores, which is what .NET begins with, requests would wait half a second for each that is added.
    private static void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, LeastThreads), ports);
    }

    // That it cannot start is thrown at who starts it, too, who says it in a line; these two would show stack traces before that.
    private static bool IsNews(string? category, LogLevel level) => category switch
    {
        "Microsoft.AspNetCore.Server.Kestrel" => level is >= LogLevel.Warning and < LogLevel.Critical,
        "Microsoft.Extensions.Hosting.Internal.Host" => level == LogLevel.Critical,
        _ => level >= LogLevel.Warning,
    };

    private static void MapHealth(WebApplication app, Func<bool>? isReady)
    {
        var health = app.MapGroup("/health").WithTags("health").AllowAnonymous();
        health.MapGet("/live", () => Results.NoContent());
        health.MapGet("/startup", AnswersAsync);
        health.MapGet("/ready", (IMattingService service, CancellationToken cancellation) =>
            isReady?.Invoke() == false ? throw new RefusedException(StatusCodes.Status503ServiceUnavailable, NotReady) : AnswersAsync(service, cancellation));
    }

    private static async Task<IResult> AnswersAsync(IMattingService service, CancellationToken cancellation)
    {
        await service.ListAsync(new JobQuery { Limit = 1 }, cancellation);
        return Results.NoContent();
    }
}
