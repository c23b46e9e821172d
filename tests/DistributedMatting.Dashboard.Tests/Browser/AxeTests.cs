using DistributedMatting.Dashboard.Testing;
using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.Browser;

/// <summary>What axe-core (WCAG's rules that a program can check, and its best practices) has to say of every page.</summary>
public sealed class AxeTests(Chromium chromium)
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "axe.min.js");

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Axe_FindsNothing(int width, bool dark)
    {
        if (!File.Exists(Script)) Assert.Skip("there is no axe-core (eng/browser.sh fetches it)");
        await using var pages = await Pages.OpenAsync(chromium, fill: Demonstration.Fill, width: width, dark: dark, refusals: true);
        var heading = pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 });
        await Expect(heading).ToBeVisibleAsync();
        // By the debugger's door: the pages' own rules let no other script in.
        await pages.Page.EvaluateAsync(await File.ReadAllTextAsync(Script, TestContext.Current.CancellationToken) + "; undefined");
        var job = pages.Service.Jobs.All[^1].Id;
        var found = new List<string>();
        foreach (var address in (string[])["#/jobs", $"#/jobs/{job}", "#/workers", "#/submit"])
        {
            await pages.ShowAsync(address);
            await CheckAsync(pages, address, found);
        }

        await pages.GoAsync($"#/jobs/{job}");
        await pages.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("comment") }).ClickAsync();
        await CheckAsync(pages, "the comment's dialog", found);
        await pages.Page.Keyboard.PressAsync("Escape");
        pages.Service.Keys.Required = true;
        await pages.Page.EvaluateAsync("fetch('/api/v1/session', { method: 'DELETE' })");
        await pages.Page.ReloadAsync();
        await pages.Page.EvaluateAsync(await File.ReadAllTextAsync(Script, TestContext.Current.CancellationToken) + "; undefined");
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        await CheckAsync(pages, "sign in", found);
        Assert.Empty(found);
    }

    private static async Task CheckAsync(Pages pages, string where, List<string> found) => found.AddRange(await pages.Page.EvaluateAsync<string[]>("""
        async where => (await axe.run(document, { resultTypes: ["violations"] })).violations
          .flatMap(rule => rule.nodes.map(node => `${where}: ${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replaceAll("\n", " ").slice(0, 300)}`))
        """, where));
}
