using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DistributedMatting.Web.Load;

/// <summary>The clients: some submit and some ask for statuses all the time, here; some watch everything, in a process of their own.</summary>
internal sealed class LoadRun(Uri address, string folder, ChildProcess watching, int jobs, int clients, int watchers, int pollers, int changes)
{
    private readonly ConcurrentBag<string> _ids = [];
    private readonly ConcurrentBag<Query> _queries = [];
    private readonly List<MemorySample> _memory = [];
    private readonly Stopwatch _watch = new();
    private long _events;
    private int _sawAll;

    /// <summary>What is known on this side of the service's door.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await watching.HearAsync();
        watching.Begin();
        _watch.Start();
        var seen = HearWatchersAsync();
        var submissions = Task.WhenAll(Enumerable.Range(0, clients).Select(client => SubmitAsync(http, client, cancellation)));
        var asking = Enumerable.Range(0, pollers).Select(_ => PollAsync(http, end.Token)).Append(MeasureAsync(http, end.Token)).ToArray();

        await submissions;
        var submitting = _watch.Elapsed;
        var page = await EndedAsync(http, cancellation);
        var total = _watch.Elapsed;
        // All that happens has happened: a watcher who has not seen it soon never will.
        await Task.WhenAny(seen, Task.Delay(TimeSpan.FromSeconds(30), cancellation));
        var watchersCpu = watching.Cpu;
        watching.End();
        await seen;
        await end.CancelAsync();
        await Task.WhenAll(asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new LoadReport
        {
            Jobs = jobs,
            Ended = page.Count(job => (string)job!["state"]! == "succeeded"),
            Changes = page.Count * changes,
            RunTwice = page.Count(job => (int)job!["attempts"]! != 1),
            Watchers = watchers,
            SawAll = _sawAll,
            Events = _events,
            Submitting = submitting,
            Total = total,
            // Afterwards there is nothing to do: easy answers would hide the others.
            Queries = [.. _queries.Where(query => query.At < total)],
            Inside = Times.Of([]),
            Cpu = (0, watchersCpu.TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds),
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

    // Ends when all watchers have seen all, or there are none any more.
    private async Task HearWatchersAsync()
    {
        while (_sawAll < watchers && await watching.ReadAsync() is { } line)
        {
            var said = line.Split(' ');
            Interlocked.Exchange(ref _events, long.Parse(said[0], CultureInfo.InvariantCulture));
            _sawAll = int.Parse(said[1], CultureInfo.InvariantCulture);
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

            var began = _watch.Elapsed;
            await http.GetStringAsync(new Uri($"/api/v1/jobs/{ids[i % ids.Length]}", UriKind.Relative), end);
            _queries.Add(new Query(began, (_watch.Elapsed - began).TotalMilliseconds));
            await Task.Delay(10, end);
        }
    }

    private async Task MeasureAsync(HttpClient http, CancellationToken end)
    {
        while (true)
        {
            var workers = await http.GetStringAsync(new Uri("/api/v1/workers", UriKind.Relative), end);
            var mib = (long)JsonNode.Parse(workers)![0]!["memory_bytes"]! / (double)(1 << 20);
            _memory.Add(new MemorySample(_watch.Elapsed.TotalSeconds, mib, Interlocked.Read(ref _events)));
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
