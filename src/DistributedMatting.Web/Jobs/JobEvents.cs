using System.Runtime.CompilerServices;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Events;
using DistributedMatting.Web.Access.Callers;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Jobs;

/// <summary>
/// Jobs' statuses as server-sent events: each is whole, its id is the status's version. A watcher who comes back
/// with Last-Event-ID is told only what is new to it.
/// </summary>
internal static class JobEvents
{
    // Of each job the last status is told, so a pause spares those in between: a queue that is submitted at once makes
    // a hundred events a second. Ten batches a second for up to a hundred watchers, and a thousand a second for all
    // together where there are more; one a second at least.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PerWatcher = TimeSpan.FromMilliseconds(1);

    /// <summary>Time between two batches of events for each of so many watchers.</summary>
    internal static TimeSpan Pace(int watchers) => TimeSpan.FromTicks(Math.Clamp(watchers * PerWatcher.Ticks, Shortest.Ticks, Longest.Ticks));

    /// <summary>One job, until it has ended.</summary>
    public static async Task WriteAsync(HttpContext context, IMattingService service, JobId id, EventStream stream, CancellationToken stopping)
    {
        // Before the headers are gone: there may be no such job.
        await service.StatusAsync(id, context.RequestAborted);
        await stream.WriteAsync(context, cancellation => OfOneAsync(service, id, EventStream.LastSeen(context.Request), cancellation), null, stopping);
    }

    /// <summary>All jobs, for ever; first how they stand, unless the watcher knows.</summary>
    public static Task WriteAllAsync(HttpContext context, IMattingService service, EventStream stream, CancellationToken stopping) =>
        stream.WriteAsync(context, cancellation => OfAllAsync(service, Caller.Of(context), EventStream.LastSeen(context.Request), cancellation), () => Pace(stream.Watchers), stopping);

    private static async IAsyncEnumerable<EventStream.Message> OfOneAsync(
        IMattingService service, JobId id, long? seen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var status in service.WatchAsync(id, seen, cancellation))
            yield return new EventStream.Message(status.Version, "status", status);
    }

    private static async IAsyncEnumerable<EventStream.Message> OfAllAsync(
        IMattingService service, Caller caller, long? seen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var happened in service.WatchAllAsync(seen, cancellation))
        {
            if (happened is JobChanged { Job: var job } && !caller.Sees(job)) continue;
            if (happened is JobDeleted { Project: var project } && !caller.Sees(project)) continue;
            yield return happened switch
            {
                JobSnapshot all => new EventStream.Message(all.Number, "snapshot", await SeenByAsync(caller, all.Jobs, service, cancellation)),
                JobChanged changed => new EventStream.Message(changed.Number, "job", changed.Job),
                JobDeleted deleted => new EventStream.Message(deleted.Number, "deleted", new Deleted(deleted.Id)),
                _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event that is told."),
            };
        }
    }

    private static Task<JobPage> SeenByAsync(Caller caller, JobPage all, IMattingService service, CancellationToken cancellation) => caller.Projects is { } projects
        ? service.ListAsync(new JobQuery { Limit = JobLimits.MaxPage, Projects = projects.ToHashSet() }, cancellation)
        : Task.FromResult(all);

    private sealed record Deleted(JobId Id);
}
