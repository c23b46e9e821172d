using DistributedMatting.Dashboard.Testing;
using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.Browser;

/// <summary>Every page on a telephone and on a desk, by day and by night, without a mouse.</summary>
public sealed class LookTests(Chromium chromium)
{
    [Theory]
    [InlineData("#/jobs", 390)]
    [InlineData("#/jobs", 1440)]
    [InlineData("#/jobs/FIRST", 390)]
    [InlineData("#/jobs/FIRST", 1440)]
    [InlineData("#/workers", 390)]
    [InlineData("#/submit", 390)]
    public async Task Page_FitsItsWidth_AndNamesEveryControl(string address, int width)
    {
        await using var pages = await Pages.OpenAsync(chromium, "#/jobs", Demonstration.Fill, width);
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeVisibleAsync();
        await pages.ShowAsync(address.Replace("FIRST", pages.Service.Jobs.All[^1].Id.ToString(), StringComparison.Ordinal));

        Assert.Equal(0, await pages.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        var nameless = await pages.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("button, a, input, select, textarea")]
              .filter(control => control.checkVisibility() && !control.textContent.trim() && !control.getAttribute("aria-label") && !control.labels?.length)
              .map(control => control.outerHTML.slice(0, 120))
            """);
        Assert.Empty(nameless);
        Assert.Equal(1, await pages.Page.Locator("main").CountAsync());
        Assert.Equal(1, await pages.Page.Locator("h1").CountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Theme_FollowsTheSystem_UntilChosen(bool dark)
    {
        await using var pages = await Pages.OpenAsync(chromium, dark: dark);
        Task<int> Paper() => pages.Page.EvaluateAsync<int>("() => Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
        await Expect(pages.Button("Light or dark")).ToBeVisibleAsync();
        Assert.Equal(dark, await Paper() < 64);

        await pages.Button("Light or dark").ClickAsync();
        Assert.NotEqual(dark, await Paper() < 64);
        await pages.Page.ReloadAsync();
        Assert.NotEqual(dark, await Paper() < 64);
    }

    [Fact]
    public async Task Keyboard_ReachesAJobAndBack()
    {
        await using var pages = await Pages.OpenAsync(chromium, fill: service => service.Jobs.Add(Pages.Submission("wolf_010")));
        await Expect(pages.Row("wolf_010")).ToBeVisibleAsync();
        await pages.Page.Keyboard.PressAsync("Tab");
        await Expect(pages.Page.GetByText("Skip to the page")).ToBeFocusedAsync();
        await pages.Page.Keyboard.PressAsync("/");
        await Expect(pages.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        var link = pages.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "wolf_010" });
        for (var i = 0; i < 20 && !await link.EvaluateAsync<bool>("element => element === document.activeElement"); i++) await pages.Page.Keyboard.PressAsync("Tab");
        await pages.Page.Keyboard.PressAsync("Enter");
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("wolf_010");
        await pages.Page.GoBackAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Jobs" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task SingleKeys_CanBeTurnedOff()
    {
        await using var pages = await Pages.OpenAsync(chromium);
        await Expect(pages.Page.GetByText("No jobs yet")).ToBeVisibleAsync();
        await pages.Page.Keyboard.PressAsync("?");
        await pages.Page.GetByLabel("Single keys do this").UncheckAsync();
        await pages.Button("Close").ClickAsync();
        await pages.Page.Keyboard.PressAsync("/");
        await Expect(pages.Page.GetByRole(AriaRole.Searchbox)).Not.ToBeFocusedAsync();
    }
}
