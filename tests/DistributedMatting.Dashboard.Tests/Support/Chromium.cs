namespace DistributedMatting.Dashboard.Tests.Support;

/// <summary>One browser for all tests of the assembly; every test has a context of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Milliseconds that anything may take on a machine that is busy with others.</summary>
    public const float Patience = 120_000;

    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser; where there is none, the test is skipped by name.</summary>
    public IBrowser Browser
    {
        get
        {
            if (_browser is null) Assert.Skip($"there is no {Program} (eng/browser.sh installs it)");
            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program)) return;
        SetDefaultExpectTimeout(Patience); // one for all of the process
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments, Timeout = Patience });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
