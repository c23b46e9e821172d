using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Keys;

namespace DistributedMatting.Web.Tests.Access;

/// <summary>A service with keys, and what each of their holders is answered.</summary>
internal sealed class Keyed : IAsyncDisposable
{
    private readonly Dictionary<string, string> _keys = [];
    private KeyFile? _file;

    public WebHarness Web { get; private set; } = null!;

    public KeyFile File => _file!;

    /// <summary>vic may look, sue and sam submit, ora operates; dan submits to "dune" alone.</summary>
    public static async Task<Keyed> StartAsync(Func<WebOptions, string, WebOptions>? change = null, TimeProvider? clock = null)
    {
        var keyed = new Keyed();
        keyed.Web = await WebHarness.StartAsync((options, folder) =>
        {
            var path = Path.Combine(folder, "keys.json");
            keyed._file = new KeyFile(path);
            keyed.Make("vic", Role.Viewer);
            keyed.Make("sue", Role.Submitter);
            keyed.Make("sam", Role.Submitter);
            keyed.Make("ora", Role.Operator);
            keyed.Make("dan", Role.Submitter, "dune");
            options = options with { Access = options.Access with { KeyFile = path } };
            return change?.Invoke(options, folder) ?? options;
        }, clock);
        return keyed;
    }

    public string KeyOf(string name) => _keys[name];

    public Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(string? name, string path) => SendAsync(name, HttpMethod.Get, path);

    public Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string? name, string path, string? json = null) => SendAsync(name, HttpMethod.Post, path, json);

    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(string? name, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (name is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KeyOf(name));
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<string> TextAsync(string name, string path)
    {
        using var request = Request(name, path);
        using var response = await Web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Begins to watch a stream of events.</summary>
    public async Task<EventReader> WatchAsync(string name, string path)
    {
        using var request = Request(name, path);
        return await EventReader.OpenAsync(Web.Client, request);
    }

    /// <summary>Submits and gives the job's id.</summary>
    public async Task<string> SubmitAsync(string name, string more = "", string plate = "a")
    {
        var (status, job) = await PostAsync(name, "/api/v1/jobs", Web.Submission(plate, more));
        Assert.True(status == HttpStatusCode.Created, $"{name}: {status} {job}");
        return (string)job!["id"]!;
    }

    /// <summary>Asserts that it is refused with one sentence that holds these words.</summary>
    public async Task RefusedAsync(HttpStatusCode expected, string words, string? name, HttpMethod method, string path, string? json = null)
    {
        var (status, problem) = await SendAsync(name, method, path, json);
        Assert.True(status == expected, $"{name} {method} {path}: {status}, not {expected}: {problem}");
        Assert.Contains(words, (string)problem!["detail"]!, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => Web.DisposeAsync();

    private HttpRequestMessage Request(string name, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KeyOf(name));
        return request;
    }

    private void Make(string name, Role role, params string[] projects) =>
        _keys[name] = File.Add(name, role, projects.Length == 0 ? null : projects, TimeProvider.System);
}
