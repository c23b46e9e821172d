using System.Net.Http.Headers;
using DistributedMatting.Cli.Tests;
using DistributedMatting.Core.Plates;
using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.RealService;

/// <summary>The real <c>matting serve</c> as a process, with keys and a small plate, and a browser before it.</summary>
internal sealed class KeyedService : IAsyncDisposable
{
    private static readonly string[] Roles = ["viewer", "submitter", "operator"];

    private readonly Dictionary<string, string> _keys = [];
    private readonly List<IBrowserContext> _contexts = [];
    private readonly Chromium _chromium;
    private ServiceProcess _service = null!;

    private KeyedService(Chromium chromium) => _chromium = chromium;

    public Workplace Files { get; } = new();

    /// <summary>The API, asked by the operator.</summary>
    public HttpClient Client => _service.Client;

    public static async Task<KeyedService> StartAsync(Chromium chromium)
    {
        _ = chromium.Browser; // skips before anything is started
        var keyed = new KeyedService(chromium);
        var file = keyed.Files.At("keys.json");
        foreach (var role in Roles)
        {
            var added = await Matting.RunAsync("keys", "add", role, "--role", role, "--keys", file);
            Assert.True(added.ExitCode == 0, added.ToString());
            keyed._keys[role] = added.Output.Trim();
        }

        keyed._service = await ServiceProcess.StartAsync(keyed.Files.Folder, keyed.Files.At("data"), "--keys", file);
        keyed.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", keyed._keys["operator"]);
        return keyed;
    }

    public string KeyOf(string role) => _keys[role];

    /// <summary>A browser of its own, at the page where a key is asked for.</summary>
    public async Task<IPage> OpenAsync()
    {
        var context = await _chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, AcceptDownloads = true,
        });
        _contexts.Add(context);
        context.SetDefaultTimeout(Chromium.Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Client.BaseAddress!.ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        return page;
    }

    /// <summary>The same, signed in.</summary>
    public async Task<IPage> SignInAsync(string role)
    {
        var page = await OpenAsync();
        await EnterAsync(page, KeyOf(role));
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Jobs" })).ToBeVisibleAsync();
        return page;
    }

    public static async Task EnterAsync(IPage page, string key)
    {
        await page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).FillAsync(key);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Asks something of the service's worker: drain, and it takes up no job; resume.</summary>
    public async Task AskWorkerAsync(string verb)
    {
        var worker = (string)(await _service.GetAsync("/api/v1/workers")).AsArray().Single()!["name"]!;
        using var answer = await Client.PostAsync(new Uri($"/api/v1/workers/{Uri.EscapeDataString(worker)}/{verb}", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{verb}: {answer.StatusCode}");
    }

    /// <summary>Waits until a job is being matted, and sees to it that nothing more is until something has been done.</summary>
    public async Task HoldRunningAsync(string id, Func<Task> action)
    {
        await _service.UntilAsync(id, "running", job => (string)job["state"]! == "running");
        await _service.WhilePausedAsync(action);
    }

    public Task SucceedsAsync(string id) => _service.SucceedsAsync(id);

    /// <summary>Submits a plate that keeps the service busy for some seconds, under the name long.png.</summary>
    public Task<string> SubmitLongAsync()
    {
        var (size, plate, trimap) = (new PixelSize(3600, 3600), Files.At("long.png"), Files.At("long-trimap.png"));
        Workplace.WritePlate(plate, size);
        Workplace.WriteTrimap(trimap, size, (_, _) => 0.5f);
        return _service.SubmitAsync(plate, trimap, Files.At("long-alpha.tif"));
    }

    public Task<string> SubmitAsync() => _service.SubmitAsync(Files.Plate, Files.Trimap, Files.Alpha);

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts) await context.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
        Files.Dispose();
    }
}
