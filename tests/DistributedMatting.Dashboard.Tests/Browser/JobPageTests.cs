using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.Browser;

/// <summary>A job with its pictures: zoom, views, patches and their contexts.</summary>
public sealed partial class JobPageTests(Chromium chromium)
{
    private static ILocator Picture(Pages pages) => pages.Page.GetByRole(AriaRole.Application);

    private async Task<(Pages Pages, JobId Id)> OpenAsync(bool finished, bool refusals = false)
    {
        var pages = await Pages.OpenAsync(chromium, refusals: refusals);
        var job = pages.Service.Jobs.Add(Pages.Submission("wolf_010"));
        if (finished) pages.Service.Jobs.Finish(job.Id);
        else pages.Service.Jobs.Run(job.Id, 0.62);
        await pages.GoAsync($"#/jobs/{job.Id}");
        await Expect(Picture(pages)).ToBeVisibleAsync();
        await Expect(pages.Page.GetByText("matted", new PageGetByTextOptions { Exact = true }).First).ToBeVisibleAsync();
        return (pages, job.Id);
    }

    [Fact]
    public async Task Zoom_FetchesFinerTiles()
    {
        var (pages, _) = await OpenAsync(finished: true);
        await using var _1 = pages;
        var levels = new ConcurrentBag<int>();
        pages.Page.Request += (_, request) =>
        {
            if (Tile().Match(request.Url) is { Success: true } tile) levels.Add(int.Parse(tile.Groups[1].Value, CultureInfo.InvariantCulture));
        };

        await Expect(pages.Page.Locator(".zoom")).ToHaveTextAsync(new Regex("^1[0-9] %$"));
        await pages.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "1:1" }).ClickAsync();
        await Expect(pages.Page.Locator(".zoom")).ToHaveTextAsync("100 %");
        await pages.Page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').some(entry => entry.name.includes('/pictures/plate/13/'))");
        Assert.Contains(13, levels); // the finest of 14
    }

    [Fact]
    public async Task Patch_ShowsWhatItDrewOn()
    {
        var (pages, _) = await OpenAsync(finished: false);
        await using var _1 = pages;
        var box = (await Picture(pages).BoundingBoxAsync())!;

        // The plate's middle at the top of the disc: its hair is unknown.
        var scale = Math.Min(box.Width / 6000, box.Height / 4000);
        await pages.Page.Mouse.ClickAsync((float)(box.X + (box.Width / 2)), (float)(box.Y + (box.Height / 2) - ((2000 - 950) * scale)));

        var panel = pages.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Patch of 294" });
        await Expect(panel.Locator(".contexts li")).ToHaveCountAsync(3);
        await Expect(panel.Locator(".contexts .score").First).ToHaveTextAsync("0.926"); // 2.45 / √7
        await Expect(pages.Page.Locator("#polite")).ToContainTextAsync("3 contexts");

        var first = panel.Locator(".contexts button").First;
        var label = await first.GetAttributeAsync("aria-label");
        await first.ClickAsync();
        var number = Number().Match(label!).Groups[1].Value;
        await Expect(panel.GetByRole(AriaRole.Spinbutton)).ToHaveValueAsync(number);
    }

    [Fact]
    public async Task Patches_ByKeyboard()
    {
        var (pages, _) = await OpenAsync(finished: false);
        await using var _1 = pages;
        var number = pages.Page.GetByRole(AriaRole.Spinbutton, new PageGetByRoleOptions { Name = "Number of a patch" });
        await pages.Button("Next query patch").ClickAsync();
        await Expect(number).Not.ToHaveValueAsync("");
        var first = int.Parse(await number.InputValueAsync(), CultureInfo.InvariantCulture);

        await Picture(pages).FocusAsync();
        await pages.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(number).ToHaveValueAsync((first + 1).ToString(CultureInfo.InvariantCulture));
        await pages.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(number).ToHaveValueAsync((first + 1 + 21).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Views_InOneClickOrKey()
    {
        var (pages, _) = await OpenAsync(finished: true);
        await using var _1 = pages;
        ILocator View(string name) => pages.Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = name, Exact = true });

        await View("Alpha").ClickAsync();
        await Expect(View("Alpha")).ToHaveAttributeAsync("aria-checked", "true");
        var tile = pages.Page.WaitForRequestAsync(request => request.Url.Contains("/composite/", StringComparison.Ordinal) && request.Url.Contains("over=00b140", StringComparison.Ordinal));
        await pages.Page.Keyboard.PressAsync("4");
        await View("Over Green").ClickAsync();
        await tile;
        await Expect(Picture(pages)).ToHaveAttributeAsync("aria-label", new Regex("^Composite"));
    }

    [Fact]
    public async Task Compare_MovesItsLineByKey()
    {
        var (pages, _) = await OpenAsync(finished: true);
        await using var _1 = pages;

        await pages.Button("Compare").ClickAsync();
        var line = pages.Page.GetByRole(AriaRole.Slider, new PageGetByRoleOptions { Name = "Line between the two views" });
        await Expect(line).ToHaveAttributeAsync("aria-valuenow", "50");
        await line.FocusAsync();
        await pages.Page.Keyboard.PressAsync("PageUp");
        await Expect(line).ToHaveAttributeAsync("aria-valuenow", "60");
        await pages.Button("Compare").ClickAsync();
        await Expect(line).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Finished_AlphaComesByItself()
    {
        var (pages, id) = await OpenAsync(finished: false);
        await using var _1 = pages;
        var alpha = pages.Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Alpha", Exact = true });
        await Expect(alpha).ToBeDisabledAsync();

        pages.Service.Jobs.Finish(id);
        await Expect(alpha).ToBeEnabledAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Alpha" })).ToBeVisibleAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Provenance" })).ToContainTextAsync("hdmatt-s");
        await Expect(pages.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Timings" })).ToContainTextAsync("20");
        await Expect(pages.Page.GetByText("the trimap holds values other than 0, 128 and 255")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Failed_SaysWhyAndTriesAgain()
    {
        var (pages, id) = await OpenAsync(finished: false);
        await using var _1 = pages;

        pages.Service.Jobs.Fail(id, "the trimap is 5990 × 4000 and the plate 6000 × 4000");
        await Expect(pages.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "This job failed" })).ToContainTextAsync("5990 × 4000");
        await pages.Button("Retry").ClickAsync();
        await Expect(pages.Page.Locator(".how-far")).ToContainTextAsync("In the queue");
    }

    [Fact]
    public async Task Priority_IsSetInPlace()
    {
        var (pages, id) = await OpenAsync(finished: false);
        await using var _1 = pages;

        await pages.Page.GetByLabel("Priority").FillAsync("80");
        await pages.Page.Keyboard.PressAsync("Enter");
        await Expect(pages.Page.Locator("#polite")).ToHaveTextAsync("Priority 80");
        Assert.Equal(80, pages.Service.Jobs[id].Submission.Priority);
    }

    [Fact]
    public async Task Comment_IsEditedAndSaysWhen()
    {
        var (pages, id) = await OpenAsync(finished: false);
        await using var _1 = pages;

        await pages.Button("Add a comment").ClickAsync();
        var words = pages.Page.GetByRole(AriaRole.Dialog).GetByLabel("Comment");
        await Expect(words).ToBeFocusedAsync();
        await words.FillAsync("whiskers on the left are soft");
        await pages.Button("Save").ClickAsync();
        await Expect(pages.Page.Locator(".job-head .comment")).ToContainTextAsync(new Regex("whiskers on the left are soft.*edited .* by local"));
        Assert.Equal("whiskers on the left are soft", pages.Service.Jobs[id].Submission.Comment);

        await pages.Button("Edit comment").ClickAsync();
        await words.FillAsync("no, they are not");
        await pages.Page.Keyboard.PressAsync("Escape");
        await Expect(pages.Page.Locator(".job-head .comment .words")).ToHaveTextAsync("whiskers on the left are soft");
        Assert.Equal("whiskers on the left are soft", pages.Service.Jobs[id].Submission.Comment);
    }

    [Fact]
    public async Task Deleted_IsSaid_AndItsPicturesGo()
    {
        // A tile that is asked for before and answered after is refused, as it must be.
        var (pages, id) = await OpenAsync(finished: true, refusals: true);
        await using var _1 = pages;

        pages.Service.Jobs.Delete(id);
        await Expect(pages.Page.GetByText("This job was deleted")).ToBeVisibleAsync();

        // Nothing is left behind the words that would ask for tiles, or take keys.
        Assert.Equal(0, await pages.Page.Locator(".openseadragon-container").CountAsync());
        await pages.Page.Keyboard.PressAsync("?");
        var help = pages.Page.GetByRole(AriaRole.Dialog);
        await Expect(help).ToBeVisibleAsync();
        await Expect(help).Not.ToContainTextAsync("Whole plate");
    }

    [GeneratedRegex(@"/pictures/plate/(\d+)/\d+_\d+")]
    private static partial Regex Tile();

    [GeneratedRegex(@"patch (\d+)")]
    private static partial Regex Number();
}
