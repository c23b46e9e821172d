using System.Net;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Web.Tests.Access;

public sealed class RoleTests
{
    private const string Jobs = "/api/v1/jobs";

    [Fact]
    public async Task Nobody_is_let_in_without_a_key()
    {
        await using var service = await Keyed.StartAsync();
        foreach (var path in new[] { Jobs, $"{Jobs}/0123456789abcdef", "/api/v1/me", "/openapi/v1.json", "/metrics", "/no/such/page" })
            await service.RefusedAsync(HttpStatusCode.Unauthorized, "does not know who asks", null, HttpMethod.Get, path);
        await service.RefusedAsync(HttpStatusCode.Unauthorized, "does not know who asks", null, HttpMethod.Post, Jobs, service.Web.Submission());
        Assert.Equal(HttpStatusCode.NoContent, (await service.GetAsync(null, "/health/ready")).Status);
    }

    [Fact]
    public async Task A_viewer_reads_and_changes_nothing()
    {
        await using var service = await Keyed.StartAsync();
        service.Web.Engine.Work = FakeEngine.ForEver;
        var id = await service.SubmitAsync("sue");
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("vic", $"{Jobs}/{id}")).Status);
        await service.RefusedAsync(HttpStatusCode.Forbidden, "needs the role submitter", "vic", HttpMethod.Post, Jobs, service.Web.Submission());
        await service.RefusedAsync(HttpStatusCode.Forbidden, "needs the role submitter", "vic", HttpMethod.Post, $"{Jobs}/{id}/cancel");
        await service.RefusedAsync(HttpStatusCode.Forbidden, "needs the role submitter", "vic", HttpMethod.Delete, $"{Jobs}/{id}");
    }

    [Fact]
    public async Task A_submitter_changes_own_jobs_alone()
    {
        await using var service = await Keyed.StartAsync();
        service.Web.Engine.Work = FakeEngine.ForEver;
        // Whatever the body says, the job is the key's.
        var id = await service.SubmitAsync("sue", ", \"user\": \"sam\"");
        Assert.Equal("sue", (string)(await service.GetAsync("sam", $"{Jobs}/{id}")).Body!["submission"]!["user"]!);
        foreach (var verb in new[] { "pause", "resume", "cancel", "retry" })
            await service.RefusedAsync(HttpStatusCode.Forbidden, "is not of 'sam'", "sam", HttpMethod.Post, $"{Jobs}/{id}/{verb}");
        await service.RefusedAsync(HttpStatusCode.Forbidden, "is not of 'sam'", "sam", HttpMethod.Post, $"{Jobs}/{id}/comment", """{ "comment": "mine" }""");

        Assert.Equal(HttpStatusCode.OK, (await service.PostAsync("sue", $"{Jobs}/{id}/priority", """{ "priority": 50 }""")).Status);
        await service.RefusedAsync(HttpStatusCode.Forbidden, "up to 50", "sue", HttpMethod.Post, $"{Jobs}/{id}/priority", """{ "priority": 51 }""");
        await service.RefusedAsync(HttpStatusCode.Forbidden, "up to 50", "sue", HttpMethod.Post, Jobs, service.Web.Submission(more: ", \"priority\": 51"));
        Assert.Equal(HttpStatusCode.OK, (await service.PostAsync("sue", $"{Jobs}/{id}/pause")).Status);

        Assert.Equal(HttpStatusCode.OK, (await service.PostAsync("ora", $"{Jobs}/{id}/priority", """{ "priority": 99 }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await service.PostAsync("ora", $"{Jobs}/{id}/cancel")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await service.SendAsync("sue", HttpMethod.Delete, $"{Jobs}/{id}")).Status);
    }

    [Fact]
    public async Task A_key_for_a_project_sees_no_other()
    {
        await using var service = await Keyed.StartAsync();
        var other = await service.SubmitAsync("sue", ", \"project\": \"tron\"");
        var own = await service.SubmitAsync("dan", plate: "own");
        Assert.Equal("dune", (string)(await service.GetAsync("dan", $"{Jobs}/{own}")).Body!["submission"]!["project"]!);
        Assert.Equal(1, (int)(await service.GetAsync("dan", Jobs)).Body!["total"]!);
        Assert.Equal(2, (int)(await service.GetAsync("vic", Jobs)).Body!["total"]!);
        await service.RefusedAsync(HttpStatusCode.NotFound, "there is no job", "dan", HttpMethod.Get, $"{Jobs}/{other}");
        await service.RefusedAsync(HttpStatusCode.NotFound, "there is no job", "dan", HttpMethod.Get, $"{Jobs}/{other}/events");
        await service.RefusedAsync(HttpStatusCode.Forbidden, "submits to dune only", "dan", HttpMethod.Post, Jobs, service.Web.Submission(more: ", \"project\": \"tron\""));
    }

    [Fact]
    public async Task A_key_for_a_project_hears_of_no_other_anywhere()
    {
        await using var service = await Keyed.StartAsync();
        var begun = new TaskCompletionSource();
        service.Web.Engine.Work = async (order, progress, cancellation) =>
        {
            begun.TrySetResult();
            await FakeEngine.ForEver(order, progress, cancellation);
        };
        var other = await service.SubmitAsync("sue", ", \"project\": \"tron\", \"comment\": \"secret\"");
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(other, (string?)(await service.GetAsync("sue", "/api/v1/workers")).Body![0]!["job"]);
        foreach (var path in (string[])["/api/v1/workers", Jobs, "/api/v1/me"]) Hidden(path, (await service.GetAsync("dan", path)).Body!.ToJsonString());
        Assert.Equal("working", (string?)(await service.GetAsync("dan", "/api/v1/workers")).Body![0]!["state"]);
        Hidden("metrics", await service.TextAsync("dan", "/metrics"));
        foreach (var part in (string[])["patches", "patches/0", "pictures", "pictures/plate/0/0_0", "pictures/plate?x=0&y=0&width=8&height=8&scale=1", "log", "alpha", "provenance"])
            await service.RefusedAsync(HttpStatusCode.NotFound, "there is no job", "dan", HttpMethod.Get, $"{Jobs}/{other}/{part}");

        // What comes after dan's own job comes after all that was to be hidden.
        await using var jobs = await service.WatchAsync("dan", $"{Jobs}/events");
        await using var workers = await service.WatchAsync("dan", "/api/v1/workers/events");
        Hidden("workers/events", await workers.NextAsync());
        Hidden("snapshot", await jobs.NextAsync());
        await service.PostAsync("sue", $"{Jobs}/{other}/comment", """{ "comment": "more of it" }""");
        await service.PostAsync("sue", $"{Jobs}/{other}/cancel");
        await service.SendAsync("sue", HttpMethod.Delete, $"{Jobs}/{other}");
        var own = await service.SubmitAsync("dan", plate: "own");
        var told = await jobs.NextAsync();
        Hidden("jobs/events", told);
        Assert.Contains(own, told, StringComparison.Ordinal);

        void Hidden(string where, string text)
        {
            foreach (var word in (string[])[other, "tron", "secret"]) Assert.False(text.Contains(word, StringComparison.Ordinal), $"{where} tells dan of '{word}': {text}");
        }
    }

    [Fact]
    public async Task A_comment_is_its_authors_or_an_operators_and_says_when_it_was_edited()
    {
        await using var service = await Keyed.StartAsync();
        service.Web.Engine.Work = FakeEngine.ForEver;
        var id = await service.SubmitAsync("sue", ", \"comment\": \"first\"");
        var asked = (await service.GetAsync("vic", $"{Jobs}/{id}")).Body!;
        Assert.Null(asked["commented_utc"]);

        var edited = await EditAsync("sue", "second");
        Assert.Equal(("second", "sue"), ((string)edited["submission"]!["comment"]!, (string)edited["commented_by"]!));
        Assert.True((DateTimeOffset)edited["commented_utc"]! >= (DateTimeOffset)asked["submitted_utc"]!);
        Assert.Equal((string)edited["commented_utc"]!, (string)(await EditAsync("sue", "second"))["commented_utc"]!);
        await service.RefusedAsync(HttpStatusCode.Forbidden, "is not of 'sam'", "sam", HttpMethod.Post, $"{Jobs}/{id}/comment", """{ "comment": "mine" }""");
        await service.RefusedAsync(HttpStatusCode.Forbidden, "needs the role submitter", "vic", HttpMethod.Post, $"{Jobs}/{id}/comment", """{ "comment": "mine" }""");

        Assert.Equal("ora", (string)(await EditAsync("ora", "held until noon"))["commented_by"]!);
        await service.RefusedAsync(HttpStatusCode.Forbidden, "is by 'ora'", "sue", HttpMethod.Post, $"{Jobs}/{id}/comment", """{ "comment": "not held" }""");
        await EditAsync("ora", "");
        Assert.Equal("sue", (string)(await EditAsync("sue", "back to work"))["commented_by"]!);

        async Task<System.Text.Json.Nodes.JsonNode> EditAsync(string name, string comment)
        {
            var (status, job) = await service.PostAsync(name, $"{Jobs}/{id}/comment", $$"""{ "comment": "{{comment}}" }""");
            Assert.True(status == HttpStatusCode.OK, $"{name}: {status} {job}");
            return job!;
        }
    }

    [Fact]
    public async Task Everyone_is_told_who_they_are()
    {
        await using var service = await Keyed.StartAsync();
        var me = (await service.GetAsync("dan", "/api/v1/me")).Body!;
        Assert.Equal(("dan", "submitter", "key"), ((string)me["name"]!, (string)me["role"]!, (string)me["authentication"]!));
        Assert.Equal("dune", (string)me["projects"]![0]!);
        Assert.Equal(service.Web.Root, (string)me["roots"]![0]!);

        await using var open = await WebHarness.StartAsync();
        var local = (await open.SendAsync(HttpMethod.Get, "/api/v1/me")).Body!;
        Assert.Equal(("local", "operator", "none"), ((string)local["name"]!, (string)local["role"]!, (string)local["authentication"]!));
        Assert.Null(local["projects"]);
    }
}
