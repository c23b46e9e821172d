using DistributedMatting.Core.Jobs.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Dashboard.Testing.Endpoints;

/// <summary>Submitting, listing, watching, and the verbs.</summary>
internal static class JobEndpoints
{
    public static void Map(IEndpointRouteBuilder app, FakeService fake)
    {
        var jobs = app.MapGroup("/api/v1/jobs").AddEndpointFilter(async (call, next) =>
            fake.Keys.Who(call.HttpContext.Request) is null ? Results.Problem("sign in with a key first", statusCode: 401) : await next(call));
        jobs.MapGet("/", (int? offset, int? limit) =>
        {
            var all = fake.Jobs.All;
            return new JobPage([.. all.Skip(offset ?? 0).Take(limit ?? 50)], all.Count);
        });
        jobs.MapGet("/events", (HttpContext context) => Streams.WriteAsync(
            context, fake.Jobs.Watch(Streams.LastSeen(context.Request)), fake.Connected));
        jobs.MapPost("/", (HttpContext context, Submission body) => Submit(context, fake, body));
        jobs.MapGet("/{id}", (string id) => fake.Jobs[JobId.Parse(id)]);
        foreach (var verb in Enum.GetValues<JobVerb>())
        {
            jobs.MapPost($"/{{id}}/{verb.ToString().ToLowerInvariant()}", (HttpContext context, string id) =>
                Touch(context, fake, id, job => fake.Jobs.Apply(job, verb)));
        }

        jobs.MapPost("/{id}/priority", (HttpContext context, string id, NewPriority body) =>
            Touch(context, fake, id, job => fake.Jobs.Change(job, was => was with { Submission = was.Submission with { Priority = body.Priority } })));
        jobs.MapPost("/{id}/comment", (HttpContext context, string id, NewComment body) =>
            Touch(context, fake, id, job => fake.Jobs.Change(job, was => was.Commented(body.Comment, fake.Keys.Who(context.Request)!.Name, DateTimeOffset.UtcNow))));
        jobs.MapDelete("/{id}", (HttpContext context, string id) => Touch(context, fake, id, job =>
        {
            fake.Jobs.Delete(job);
            return null;
        }));
    }

    private static IResult Touch(HttpContext context, FakeService fake, string id, Func<JobId, JobStatus?> change)
    {
        var job = fake.Jobs[JobId.Parse(id)];
        if (!fake.Keys.Who(context.Request)!.MayTouch(job.Submission.User)) return Results.Problem("only an operator may change another's job", statusCode: 403);
        return change(job.Id) is { } status ? Results.Ok(status) : Results.NoContent();
    }

    private static IResult Submit(HttpContext context, FakeService fake, Submission body)
    {
        var who = fake.Keys.Who(context.Request)!;
        if (who.Role == "viewer") return Results.Problem("a viewer may not submit; ask the operator for another key", statusCode: 403);
        if (!body.Plate.StartsWith("upload:", StringComparison.Ordinal) && !body.Plate.StartsWith("/studio/plates/", StringComparison.Ordinal))
            return Results.Problem("plate is outside the folders that this service may use; ask its operator which they are", statusCode: 400);
        var job = fake.Jobs.Add(new JobSubmission
        {
            Plate = body.Plate, Trimap = body.Trimap, Alpha = body.Alpha ?? "alpha.tif", Name = body.Name ?? "", Project = body.Project ?? "",
            User = fake.Keys.Required ? who.Name : body.User ?? "", Comment = body.Comment ?? "", Priority = body.Priority ?? 50,
            Depth = body.Depth ?? 16, Margin = body.Margin, Contexts = body.Contexts, Replace = body.Replace ?? false, Token = body.Token,
        });
        return Results.Created($"/api/v1/jobs/{job.Id}", job);
    }

    internal sealed record NewPriority(int Priority);

    internal sealed record NewComment(string Comment);

    internal sealed record Submission(
        string Plate, string? Trimap, string? Alpha, string? Name, string? Project, string? User, string? Comment, int? Priority,
        int? Depth, int? Margin, int? Contexts, bool? Replace, string? Token);
}
