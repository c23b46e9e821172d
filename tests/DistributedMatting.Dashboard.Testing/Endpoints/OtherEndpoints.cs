using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Dashboard.Testing.Endpoints;

/// <summary>Sessions, uploads, workers.</summary>
internal static class OtherEndpoints
{
    public static void Map(IEndpointRouteBuilder app, FakeService fake)
    {
        var api = app.MapGroup("/api/v1");
        api.MapGet("/me", (HttpContext context) => fake.Keys.Who(context.Request) is { } who
            ? Results.Ok(new
            {
                who.Name,
                who.Role,
                projects = (string[]?)null,
                authentication = fake.Keys.Required ? "key" : "none",
                roots = new[] { "/studio/plates" },
                uploads = new { maxBytes = 40_000_000_000, chunkBytes = FakeUploads.ChunkBytes },
                version = "0.1.0",
            })
            : Results.Problem("sign in with a key first", statusCode: 401));
        api.MapPost("/session", FakeKeys.SignIn);
        api.MapDelete("/session", FakeKeys.SignOut);

        api.MapPost("/uploads", fake.Uploads.Begin);
        api.MapPatch("/uploads/{id}", fake.Uploads.Append);
        api.MapGet("/uploads/{id}", fake.Uploads.Get);
        api.MapDelete("/uploads/{id}", fake.Uploads.Delete);

        api.MapGet("/workers", () => fake.Workers.All);
        api.MapGet("/workers/events", (HttpContext context) =>
            Streams.WriteAsync(context, fake.Workers.Events.Watch(null, () => fake.Workers.All), fake.Connected));
        api.MapPost("/workers/{name}/drain", (string name) => Set(fake, name, "drained"));
        api.MapPost("/workers/{name}/resume", (string name) => Set(fake, name, "idle"));
    }

    private static IResult Set(FakeService fake, string name, string state)
    {
        fake.Workers.Set(name, state, null, null);
        return Results.Ok(fake.Workers.All.First(worker => worker.Name == name));
    }
}
