using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DistributedMatting.Web.Load;

/// <summary>The clients: some submit, some watch everything, some ask for statuses all the time.</summary>
internal sealed class LoadRun(Uri address, string folder, int jobs, int clients, int watchers, int pollers, int changes)
{
    private readonly ConcurrentBag<string> _ids = [];
    private readonly ConcurrentBag<double> _queries = [];
    private readonly List<MemorySample> _memory = [];
    private long _events;
    private long _began;
    private int _sawAll;

    public async Task<LoadReport> RunAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = Enumerable.Range(0, watchers).Select(_ => WatchAsync(http, end.Token)).ToArray();
        var watch = Stopwatch.StartNew();
        _began = Stopwatch.GetTimestamp();
        var submissions = Task.WhenAll(Enumerable.Range(0, clients).Select(client => SubmitAsync(http, client, cancellation)));
        var asking = Enumerable.Range(0, pollers).Select(_ => PollAsync(http, end.Token)).Append(MeasureAsync(http, end.Token)).ToArray();

        await submissions;
        var submitting = watch.Elapsed;
        var page = await EndedAsync(http, cancellation);
        var total = watch.Elapsed;
        // All that happens has happened: a watcher who has not seen it soon never will.
        await Task.WhenAny(Task.WhenAll(watching), Task.Delay(TimeSpan.FromSeconds(30), cancellation));
        await end.CancelAsync();
        await Task.WhenAll(watching.Concat(asking)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new LoadReport
        {
            Jobs = jobs,
            Ended = page.Count(job => (string)job!["state"]! == "succeeded"),
            Changes = page.Count * changes,
            RunTwice = page.Count(job => (int)job!["attempts"]! != 1),
            Watchers = watchers,
            SawAll = _sawAll,
            Events = Interlocked.Read(ref _events),
            Submitting = submitting,
            Total = total,
            Queries = [.. _queries],
            Memory = _memory,
        };
    }

    private async Task SubmitAsync(HttpClient http, int client, CancellationToken cancellation)
    {
        for (var i = client; i < jobs; i += clients)
        {
            using var response = await http.PostAsJsonAsync("/api/v1/jobs", new { plate = $"{folder}/{i}.tif", alpha = $"{folder}/{i}_alpha.tif", token = $"{i}" }, cancellation);
            response.EnsureSuccessStatusCode();
            _ids.Add((string)JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!["id"]!);
        }
    }

    private async Task WatchAsync(HttpClient http, CancellationToken end)
    {
        var ended = new HashSet<string>();
        await using var stream = await http.GetStreamAsync(new Uri("/api/v1/jobs/events", UriKind.Relative), end);
        using var lines = new StreamReader(stream);
        while (await lines.ReadLineAsync(end) is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal)) continue;
            Interlocked.Increment(ref _events);
            // To take every event apart would measure the clients.
            if (!line.Contains("\"succeeded\"", StringComparison.Ordinal)) continue;
            var data = JsonNode.Parse(line[6..])!;
            var told = data["jobs"] is JsonArray all ? all.ToArray() : [data];
            foreach (var job in told)
                if ((string?)job!["state"] == "succeeded") ended.Add((string)job["id"]!);
            if (ended.Count < jobs) continue;
            Interlocked.Increment(ref _sawAll);
            return;
        }
    }

    private async Task PollAsync(HttpClient http, CancellationToken end)
    {
        for (var i = 0; ; i++)
        {
            var ids = _ids.ToArray();
            if (ids.Length == 0)
            {
                await Task.Delay(10, end);
                continue;
            }

            var began = Stopwatch.GetTimestamp();
            await http.GetStringAsync(new Uri($"/api/v1/jobs/{ids[i % ids.Length]}", UriKind.Relative), end);
            _queries.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(10, end);
        }
    }

    private async Task MeasureAsync(HttpClient http, CancellationToken end)
    {
        while (true)
        {
            var workers = await http.GetStringAsync(new Uri("/api/v1/workers", UriKind.Relative), end);
            var mib = (long)JsonNode.Parse(workers)![0]!["memory_bytes"]! / (double)(1 << 20);
            _memory.Add(new MemorySample(Stopwatch.GetElapsedTime(_began).TotalSeconds, mib, Interlocked.Read(ref _events)));
            await Task.Delay(1000, end);
        }
    }

    private async Task<JsonArray> EndedAsync(HttpClient http, CancellationToken cancellation)
    {
        while (true)
        {
            var page = JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/v1/jobs?limit={Math.Min(500, jobs)}", UriKind.Relative), cancellation))!;
            var all = page["jobs"]!.AsArray();
            if (all.All(job => (string)job!["state"]! is not ("waiting" or "running"))) return all;
            await Task.Delay(200, cancellation);
        }
    }
}
