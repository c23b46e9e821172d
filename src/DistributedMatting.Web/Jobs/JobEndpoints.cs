using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Web.Jobs;

/// <summary>The jobs' part of the API: what <see cref="IMattingService"/> can do, and nothing else.</summary>
internal static class JobEndpoints
{
    private const string Prefix = "/api/v1/jobs";

    public static void Map(IEndpointRouteBuilder app)
    {
        var jobs = CallerPolicy.Needs(app.MapGroup(Prefix).WithTags("jobs"), Role.Submitter);
        jobs.MapPost("/", async (JobSubmission submission, HttpContext context, Submissions submissions, CancellationToken cancellation) =>
        {
            var receipt = await submissions.SubmitAsync(submission, Caller.Of(context), cancellation);
            return receipt.IsNew ? Results.Created($"{Prefix}/{receipt.Job.Id}", receipt.Job) : Results.Ok(receipt.Job);
        }).Produces<JobStatus>(StatusCodes.Status201Created).Produces<JobStatus>();

        jobs.MapGet("/", ([AsParameters] JobFilter filter, HttpContext context, IMattingService service, CancellationToken cancellation) =>
            service.ListAsync(filter.ToQuery() with { Projects = Caller.Of(context).Projects?.ToHashSet() }, cancellation));
        jobs.MapGet("/{id}", (string id, IMattingService service, CancellationToken cancellation) =>
            service.StatusAsync(JobId.Parse(id), cancellation));
        jobs.MapGet("/events", (HttpContext context, IMattingService service, EventStream stream, IHostApplicationLifetime host) =>
            JobEvents.WriteAllAsync(context, service, stream, host.ApplicationStopping));
        jobs.MapGet("/{id}/events", (string id, HttpContext context, IMattingService service, EventStream stream, IHostApplicationLifetime host) =>
            JobEvents.WriteAsync(context, service, JobId.Parse(id), stream, host.ApplicationStopping));

        foreach (var verb in Enum.GetValues<JobVerb>())
        {
            jobs.MapPost($"/{{id}}/{verb.ToString().ToLowerInvariant()}", (string id, IMattingService service, CancellationToken cancellation) =>
                service.ApplyAsync(JobId.Parse(id), verb, cancellation));
        }

        jobs.MapPost("/{id}/priority", (string id, NewPriority body, HttpContext context, IMattingService service, CancellationToken cancellation) =>
        {
            Submissions.RequirePriority(Caller.Of(context), body.Priority);
            return service.SetPriorityAsync(JobId.Parse(id), body.Priority, cancellation);
        });
        jobs.MapPost("/{id}/comment", async (string id, NewComment body, HttpContext context, IMattingService service, CancellationToken cancellation) =>
        {
            var (caller, job) = (Caller.Of(context), await service.StatusAsync(JobId.Parse(id), cancellation));
            Submissions.RequireComment(caller, job);
            return await service.SetCommentAsync(job.Id, body.Comment, caller.Name, cancellation);
        });
        jobs.MapDelete("/{id}", async (string id, Submissions submissions, CancellationToken cancellation) =>
        {
            await submissions.DeleteAsync(JobId.Parse(id), cancellation);
            return Results.NoContent();
        });
    }

    /// <summary>Body of a change of priority.</summary>
    internal sealed record NewPriority
    {
        /// <summary>0 to 100.</summary>
        public required int Priority { get; init; }
    }

    /// <summary>Body of a change of comment.</summary>
    internal sealed record NewComment
    {
        /// <summary>Up to 2000 characters.</summary>
        public required string Comment { get; init; }
    }
}
