using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Web.Tests;

public sealed class JobEndpointTests
{
    [Fact]
    public async Task A_job_from_submission_to_its_end()
    {
        await using var web = await WebHarness.StartAsync();
        web.Engine.Work = (_, progress, _) =>
        {
            progress.Report(new StageProgress(MattingStage.Matte, 4, 4, "patches", TimeSpan.FromSeconds(1)));
            return Task.CompletedTask;
        };
        var (status, job) = await web.PostAsync("/api/v1/jobs", web.Submission("shot", ", \"project\": \"dune\", \"token\": \"t\""));
        Assert.Equal(HttpStatusCode.Created, status);
        var id = (string)job!["id"]!;

        var events = await web.EventsAsync(id);
        var last = JsonNode.Parse(events.Last(line => line.StartsWith("data: ", StringComparison.Ordinal))[6..])!;
        Assert.Equal("succeeded", (string)last["state"]!);
        Assert.Equal(4, (int)last["patches"]!["matted"]!);

        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/v1/jobs", web.Submission("shot", ", \"project\": \"dune\", \"token\": \"t\""))).Status);
        var (_, page) = await web.SendAsync(HttpMethod.Get, "/api/v1/jobs?state=succeeded,failed&project=dune&text=SHOT&limit=10");
        Assert.Equal(1, (int)page!["total"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await web.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}")).Status);
    }

    [Fact]
    public async Task A_watcher_who_comes_back_is_told_only_what_is_new()
    {
        await using var web = await WebHarness.StartAsync();
        var id = await web.SubmitAsync();
        var events = await web.EventsAsync(id);
        var last = events.Last(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];
        Assert.DoesNotContain(await web.EventsAsync(id, last), line => line.StartsWith("data:", StringComparison.Ordinal));
        Assert.Contains(await web.EventsAsync(id, "1"), line => line.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_service_ends_though_someone_watches()
    {
        var web = await WebHarness.StartAsync();
        web.Engine.Work = FakeEngine.ForEver;
        var id = await web.SubmitAsync();
        using var response = await web.Client.GetAsync(
            new Uri($"/api/v1/jobs/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        while (await events.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("\"state\":", StringComparison.Ordinal)) { }
        var rest = events.ReadToEndAsync(TestContext.Current.CancellationToken);
        await web.DisposeAsync();
        await rest;
    }

    [Fact]
    public async Task Every_verb_changes_the_job()
    {
        await using var web = await WebHarness.StartAsync();
        web.Engine.Work = FakeEngine.ForEver;
        var id = await web.SubmitAsync();
        Assert.Equal("paused", await StateAfterAsync("pause"));
        Assert.Contains(await StateAfterAsync("resume"), new[] { "waiting", "running" });
        Assert.Equal("cancelled", await StateAfterAsync("cancel"));
        Assert.Contains(await StateAfterAsync("retry"), new[] { "waiting", "running" });
        Assert.Equal(77, (int)(await web.PostAsync($"/api/v1/jobs/{id}/priority", """{ "priority": 77 }""")).Body!["submission"]!["priority"]!);
        Assert.Equal("hers", (string)(await web.PostAsync($"/api/v1/jobs/{id}/comment", """{ "comment": "hers" }""")).Body!["submission"]!["comment"]!);

        var (status, problem) = await web.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{id}");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("cancel it before", (string)problem!["detail"]!, StringComparison.Ordinal);

        async Task<string> StateAfterAsync(string verb) => (string)(await web.PostAsync($"/api/v1/jobs/{id}/{verb}")).Body!["state"]!;
    }

    [Fact]
    public async Task Two_jobs_that_have_not_ended_do_not_write_one_alpha()
    {
        await using var web = await WebHarness.StartAsync();
        web.Engine.Work = FakeEngine.ForEver;
        var first = await web.SubmitAsync();
        await RefusedAsync("/api/v1/jobs", web.Submission(more: ", \"replace\": true, \"token\": \"t\""));
        await web.PostAsync($"/api/v1/jobs/{first}/cancel");
        var second = await web.SubmitAsync();
        Assert.NotEqual(first, second);
        await RefusedAsync($"/api/v1/jobs/{first}/retry", null);

        async Task RefusedAsync(string path, string? body)
        {
            var (status, problem) = await web.PostAsync(path, body);
            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Contains($"has not ended and writes {web.Root}/a_alpha.tif", (string)problem!["detail"]!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    public async Task Health_is_told(string path)
    {
        await using var web = await WebHarness.StartAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await web.SendAsync(HttpMethod.Get, path)).Status);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var web = await WebHarness.StartAsync();
        var (status, document) = await web.SendAsync(HttpMethod.Get, "/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(document!["paths"]!["/api/v1/jobs/{id}/retry"]!["post"]);
        Assert.StartsWith("3.", ((string)document["openapi"]!).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
