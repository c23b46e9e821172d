using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DistributedMatting.Cli.Tests;

/// <summary><c>matting serve</c> as a process of its own, that can be killed, stopped and started again on the same folders.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;

    private ServiceProcess(Process process, HttpClient client) => (_process, Client) = (process, client);

    public HttpClient Client { get; }

    public static async Task<ServiceProcess> StartAsync(string root, string data, params string[] more)
    {
        var process = Matting.Start(["serve", "--listen", "127.0.0.1:0", "--root", root, "--data", data, "--model", Workplace.Model, "--threads", "1", .. more]);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is null || Address().Match(line) is not { Success: true } address)
            throw new InvalidOperationException($"serve did not say where it listens: '{line}' {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
        // What the service says must not fill the pipe.
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return new ServiceProcess(process, new HttpClient { BaseAddress = new Uri(address.Value) });
    }

    /// <summary>Submits and gives the job's id.</summary>
    public async Task<string> SubmitAsync(string plate, string trimap, string alpha)
    {
        using var response = await Client.PostAsJsonAsync("/api/v1/jobs", new { plate, trimap, alpha }, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        return (string)JsonNode.Parse(body)!["id"]!;
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await BytesAsync(path))!;

    public Task<byte[]> BytesAsync(string path) => Client.GetByteArrayAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Reads the job's events until the condition holds.</summary>
    public async Task<JsonNode> UntilAsync(string id, string what, Func<JsonNode, bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        JsonNode? last = null;
        try
        {
            await using var events = await Client.GetStreamAsync(new Uri($"/api/v1/jobs/{id}/events", UriKind.Relative), patience.Token);
            using var lines = new StreamReader(events);
            while (await lines.ReadLineAsync(patience.Token) is { } line)
            {
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                last = JsonNode.Parse(line[6..])!;
                if (condition(last)) return last;
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
        }

        throw new TimeoutException($"job {id} did not come to this: {what}; it stood at {last?.ToJsonString()}");
    }

    public Task<JsonNode> SucceedsAsync(string id) => UntilAsync(id, "succeeded", job => (string)job["state"]! == "succeeded");

    /// <summary>As the kernel kills.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Nothing moves in the service while something is done: what it is asked meanwhile it hears of afterwards.</summary>
    public async Task WhilePausedAsync(Func<Task> action)
    {
        await SignalAsync("STOP");
        try
        {
            await action();
        }
        finally
        {
            await SignalAsync("CONT");
        }
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal) =>
        Assert.True(await Matting.SignalAsync(_process, signal), $"the service could not be sent SIG{signal}");

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();
}
