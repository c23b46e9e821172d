using System.Runtime.CompilerServices;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;
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
        workers.MapGet("/", (IMattingService service, CancellationToken cancellation) => service.Workers.ListAsync(cancellation));
        workers.MapGet("/events", (HttpContext context, IMattingService service, EventStream stream, TimeProvider clock, IHostApplicationLifetime host) =>
            stream.WriteAsync(context, cancellation => EventsAsync(service.Workers, clock, cancellation), host.ApplicationStopping));
        workers.MapPost("/{name}/drain", (string name, IMattingService service, CancellationToken cancellation) =>
            service.Workers.DrainAsync(name, cancellation));
        workers.MapPost("/{name}/resume", (string name, IMattingService service, CancellationToken cancellation) =>
            service.Workers.ResumeAsync(name, cancellation));
    }

    private static async IAsyncEnumerable<EventStream.Message> EventsAsync(
        IWorkerPool workers, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long number = 1; ; number++)
        {
            yield return new EventStream.Message(number, "workers", await workers.ListAsync(cancellation));
            await Task.Delay(Interval, clock, cancellation);
        }
    }
}
