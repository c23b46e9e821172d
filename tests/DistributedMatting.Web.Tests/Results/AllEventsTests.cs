using System.Net;
using System.Text.Json.Nodes;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Web.Tests.Results;

/// <summary>The events of all jobs, and the workers'.</summary>
public sealed class AllEventsTests
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_how_things_stand_then_what_changes()
    {
        await using var web = await WebHarness.StartAsync();
        web.Engine.Work = FakeEngine.ForEver;
        var first = await web.SubmitAsync("first");
        await using var events = await EventReader.OpenAsync(web, "/api/v1/jobs/events");
        var (_, name, snapshot) = await events.NextAsync(_ => true);
        Assert.Equal("snapshot", name);
        Assert.Equal((first, 1), ((string)snapshot["jobs"]![0]!["id"]!, (int)snapshot["total"]!));

        var second = await web.SubmitAsync("second");
        await events.NextAsync(one => one.Name == "job" && (string)one.Data["id"]! == second && (string)one.Data["state"]! == "waiting");
        await web.PostAsync($"/api/v1/jobs/{second}/cancel");
        var (last, _, _) = await events.NextAsync(one => one.Name == "job" && (string)one.Data["id"]! == second && (string)one.Data["state"]! == "cancelled");
        await web.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{second}");
        var (number, _, deleted) = await events.NextAsync(one => one.Name == "deleted");
        Assert.Equal(second, (string)deleted["id"]!);
        Assert.True(number > last, $"{number} does not rise over {last}");
    }

    [Fact]
    public async Task Who_comes_back_is_told_what_is_new_and_who_was_away_too_long_how_things_stand()
    {
        await using var web = await WebHarness.StartAsync();
        web.Engine.Work = FakeEngine.ForEver;
        await using var before = await EventReader.OpenAsync(web, "/api/v1/jobs/events");
        var (seen, _, _) = await before.NextAsync(one => one.Name == "snapshot");
        var id = await web.SubmitAsync("a");
        await web.PostAsync($"/api/v1/jobs/{id}/comment", """{ "comment": "hers" }""");

        await using var again = await EventReader.OpenAsync(web, "/api/v1/jobs/events", seen);
        var (_, name, job) = await again.NextAsync(one => (string?)one.Data["submission"]?["comment"] == "hers");
        Assert.Equal(("job", id), (name, (string)job["id"]!));
        foreach (var stranger in new[] { 1L, 9_000_000_000_000_000L })
        {
            await using var other = await EventReader.OpenAsync(web, "/api/v1/jobs/events", stranger);
            Assert.Equal("snapshot", (await other.NextAsync(_ => true)).Name);
        }
    }

    [Fact]
    public async Task A_drained_worker_ends_its_job_and_takes_no_more()
    {
        await using var web = await WebHarness.StartAsync();
        var gate = new TaskCompletionSource();
        web.Engine.Work = (_, _, _) => gate.Task;
        var first = await web.SubmitAsync("first");
        await using var events = await EventReader.OpenAsync(web, "/api/v1/workers/events");
        var (_, name, workers) = await events.NextAsync(one => (string)one.Data[0]!["state"]! == "working");
        Assert.Equal(("workers", first), (name, (string)workers[0]!["job"]!));

        var worker = Uri.EscapeDataString((string)workers[0]!["name"]!);
        Assert.Equal("draining", (string)(await web.PostAsync($"/api/v1/workers/{worker}/drain")).Body!["state"]!);
        var second = await web.SubmitAsync("second");
        gate.SetResult();
        await events.NextAsync(one => (string)one.Data[0]!["state"]! == "drained");
        Assert.Equal("waiting", (string)(await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{second}")).Body!["state"]!);

        await web.PostAsync($"/api/v1/workers/{worker}/resume");
        Assert.Contains("succeeded", string.Join('\n', await web.EventsAsync(second)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/api/v1/workers/nobody/drain")).Status);
    }

    private sealed class EventReader(HttpResponseMessage response, StreamReader lines) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        public static async Task<EventReader> OpenAsync(WebHarness web, string path, long? seen = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (seen is not null) request.Headers.Add("Last-Event-ID", $"{seen}");
            var response = await web.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, End);
            return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync(End)));
        }

        public async Task<(long Id, string Name, JsonNode Data)> NextAsync(Func<(long Id, string Name, JsonNode Data), bool> wanted)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(End);
            patience.CancelAfter(Patience);
            var (id, name, last) = (0L, "", "none");
            try
            {
                while (await lines.ReadLineAsync(patience.Token) is { } line)
                {
                    if (line.StartsWith("id: ", StringComparison.Ordinal)) id = long.Parse(line[4..]);
                    if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
                    if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                    last = line;
                    var found = (id, name, JsonNode.Parse(line[6..])!);
                    if (wanted(found)) return found;
                }
            }
            catch (OperationCanceledException) when (!End.IsCancellationRequested)
            {
            }

            throw new TimeoutException($"the event that was waited for did not come; the last was {last}");
        }

        public ValueTask DisposeAsync()
        {
            lines.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
