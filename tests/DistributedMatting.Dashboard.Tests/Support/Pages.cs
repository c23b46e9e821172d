using System.Collections.Concurrent;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Dashboard.Testing;

namespace DistributedMatting.Dashboard.Tests.Support;

/// <summary>
/// The pages in a browser over a service that the test moves. Whatever a page writes to its console as an error,
/// and every exception in it, fails the test at its end.
/// </summary>
internal sealed class Pages : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = [];
    private bool _refusals;

    private Pages(FakeService service, IBrowserContext context, IPage page) => (Service, _context, Page) = (service, context, page);

    public FakeService Service { get; }

    public IPage Page { get; }

    /// <param name="chromium">The browser.</param>
    /// <param name="address">The page, after the #.</param>
    /// <param name="fill">Puts jobs into the service before the page opens.</param>
    /// <param name="width">Pixels of the window: 390 is a telephone.</param>
    /// <param name="dark">Whether the system asks for dark pages.</param>
    /// <param name="refusals">Whether the test is about refusals and cut connections, which the console tells too.</param>
    public static async Task<Pages> OpenAsync(Chromium chromium, string address = "#/jobs", Action<FakeService>? fill = null, int width = 1440, bool dark = false, bool refusals = false)
    {
        var browser = chromium.Browser;
        var service = await FakeService.StartAsync();
        fill?.Invoke(service);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = width < 500 ? 844 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Chromium.Patience);
        var page = await context.NewPageAsync();
        var dashboard = new Pages(service, context, page) { _refusals = refusals };
        page.Console += (_, message) => dashboard.Note(message);
        page.PageError += (_, error) => dashboard._errors.Enqueue(error);
        await page.GotoAsync($"{service.Url}/{address}");
        return dashboard;
    }

    public static JobSubmission Submission(string name, string user = "sam", string project = "wolf") => new()
    {
        Plate = $"/studio/plates/{name}.tif",
        Trimap = $"/studio/plates/{name}_trimap.png",
        Alpha = $"/studio/plates/{name}_alpha.tif",
        Name = name,
        User = user,
        Project = project,
    };

    public Task GoAsync(string hash) => Page.EvaluateAsync("hash => { location.hash = hash; }", hash);

    /// <summary>Goes to a page and waits until it is there with its first figures, not with "Loading".</summary>
    /// <param name="hash">Its address: # and a path.</param>
    public async Task ShowAsync(string hash)
    {
        // Pages are changed within the event, so that the old page's words are gone when this comes back.
        await Page.EvaluateAsync("""
            hash => new Promise(shown => {
              if (location.hash === hash) return shown();
              addEventListener("page", () => shown(), { once: true });
              location.hash = hash;
            })
            """, hash);
        await Expect(Page.Locator("main").GetByText("Loading", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeVisibleAsync();
    }

    public ILocator Row(string name) => Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = name });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Service.DisposeAsync();
        Assert.Empty(_errors);
    }

    private void Note(IConsoleMessage message)
    {
        if (message.Type != "error") return;
        if (_refusals && message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) return;
        _errors.Enqueue(message.Text);
    }
}
