using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistributedMatting.Workstation.Service;
using DistributedMatting.Workstation.Testing;
using Microsoft.AspNetCore.Builder;

namespace DistributedMatting.Web.Tests;

/// <summary>The API on a port of its own, over a workstation's queue whose engine is a fake.</summary>
internal sealed class WebHarness : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-web-");
    private readonly WorkstationMattingService _service;
    private readonly WebApplication _app;

    private WebHarness(Func<WebOptions, string, WebOptions>? change, TimeProvider clock)
    {
        Root = _folder.CreateSubdirectory("plates").FullName;
        _service = WorkstationMattingService.Open(
            new WorkstationServiceOptions { Folder = Path.Combine(_folder.FullName, "queue"), ProgressInterval = TimeSpan.Zero }, Engine, TimeProvider.System);
        var options = new WebOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Roots = [Root], Heartbeat = TimeSpan.FromMilliseconds(50) };
        _app = MattingWeb.Create(change?.Invoke(options, Outside) ?? options, _service, clock);
    }

    public FakeEngine Engine { get; } = new();

    public string Root { get; }

    public string Outside => _folder.FullName;

    public HttpClient Client { get; } = new();

    public WebApplication App => _app;

    public IServiceProvider Services => _app.Services;

    /// <param name="change">What is other than usual, given the folder that all of the test's files are in.</param>
    /// <param name="clock">Whose time the service goes by.</param>
    public static async Task<WebHarness> StartAsync(Func<WebOptions, string, WebOptions>? change = null, TimeProvider? clock = null)
    {
        var harness = new WebHarness(change, clock ?? TimeProvider.System);
        await harness._app.StartAsync();
        harness.Client.BaseAddress = new Uri(harness._app.Urls.Single());
        return harness;
    }

    public string Submission(string name = "a", string more = "") =>
        $$"""{ "plate": "{{Root}}/{{name}}.tif", "trimap": "{{Root}}/{{name}}.png", "alpha": "{{Root}}/{{name}}_alpha.tif", "name": "{{name}}"{{more}} }""";

    public Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, string? json = null) =>
        SendAsync(HttpMethod.Post, path, json);

    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request);
        return (response.StatusCode, Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Submits and gives the job's id.</summary>
    public async Task<string> SubmitAsync(string name = "a") =>
        (string)(await PostAsync("/api/v1/jobs", Submission(name))).Body!["id"]!;

    /// <summary>Reads a job's events to the end of the stream.</summary>
    public async Task<List<string>> EventsAsync(string id, string? lastEvent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/events");
        if (lastEvent is not null) request.Headers.Add("Last-Event-ID", lastEvent);
        using var response = await Client.SendAsync(request);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return [.. (await response.Content.ReadAsStringAsync()).Split('\n')];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _service.DisposeAsync();
        Client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static JsonNode? Parse(string body)
    {
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return JsonValue.Create(body);
        }
    }
}
