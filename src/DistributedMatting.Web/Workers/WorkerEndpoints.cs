using System.Runtime.CompilerServices;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Web.Access.Callers;
using DistributedMatting.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Web.Workers;

/// <summary>The workers' part of the API.</summary>
internal static class WorkerEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        var workers = app.MapGroup("/api/v1/workers").WithTags("workers");
        workers.MapGet("/", async (HttpContext context, IMattingService service, CancellationToken cancellation) =>
            await SeenBy(Caller.Of(context), service).AllAsync(await service.Workers.ListAsync(cancellation), cancellation));
        workers.MapGet("/events", (HttpContext context, IMattingService service, EventStream stream, TimeProvider clock, IHostApplicationLifetime host) =>
            stream.WriteAsync(context, cancellation => EventsAsync(service.Workers, SeenBy(Caller.Of(context), service), clock, cancellation), null, host.ApplicationStopping));
        workers.MapPost("/{name}/drain", async (string name, HttpContext context, IMattingService service, CancellationToken cancellation) =>
            await SeenBy(Caller.Of(context), service).OneAsync(await service.Workers.DrainAsync(name, cancellation), cancellation));
        workers.MapPost("/{name}/resume", async (string name, HttpContext context, IMattingService service, CancellationToken cancellation) =>
            await SeenBy(Caller.Of(context), service).OneAsync(await service.Workers.ResumeAsync(name, cancellation), cancellation));
    }

    private static WorkerView SeenBy(Caller caller, IMattingService service) => new(caller, service);

    private static async IAsyncEnumerable<EventStream.Message> EventsAsync(
        IWorkerPool workers, WorkerView view, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long number = 1; ; number++)
        {
            yield return new EventStream.Message(number, "workers", await view.AllAsync(await workers.ListAsync(cancellation), cancellation));
            await Task.Delay(Interval, clock, cancellation);
        }
    }
}
