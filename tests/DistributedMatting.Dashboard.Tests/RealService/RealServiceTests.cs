using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.RealService;

/// <summary>The way of a person through the real service: a key, an upload, a matte; and what each role is offered.</summary>
public sealed partial class RealServiceTests(Chromium chromium)
{
    [Fact]
    public async Task From_key_to_alpha_and_out_again()
    {
        await using var service = await KeyedService.StartAsync(chromium);
        var page = await service.OpenAsync();
        await KeyedService.EnterAsync(page, "matting_guess");
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "does not know the key" })).ToBeVisibleAsync();
        await KeyedService.EnterAsync(page, service.KeyOf("submitter"));

        await Tab(page, "Submit").ClickAsync();
        await DropAsync(page, "plate", service.Files.Plate);
        await DropAsync(page, "trimap", service.Files.Trimap);
        await Expect(page.GetByText("uploaded")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Submit" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("plate.png");

        // No reload: the page itself hears of the end.
        await Expect(page.Locator(".how-far")).ToContainTextAsync("Done in");
        await ZoomsAsync(page);
        await ShowsContextsAsync(page);
        foreach (var view in (string[])["Trimap", "Alpha", "Composite"]) await ShowsAsync(page, view);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Alpha" }).ClickAsync());
        var id = Id().Match(page.Url).Groups[1].Value;
        var expected = await service.Client.GetByteArrayAsync(new Uri($"/api/v1/jobs/{id}/alpha", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(expected, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal(401, await page.EvaluateAsync<int>("async id => (await fetch(`/api/v1/jobs/${id}`)).status", id));
    }

    [Fact]
    public async Task Each_role_is_offered_what_it_may_do()
    {
        await using var service = await KeyedService.StartAsync(chromium);
        await service.SucceedsAsync(await service.SubmitAsync());

        var viewer = await service.SignInAsync("viewer");
        await Expect(viewer.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "plate.png" })).ToBeVisibleAsync();
        await Expect(Tab(viewer, "Submit")).ToBeHiddenAsync();
        await Expect(viewer.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Delete ") })).ToHaveCountAsync(0);

        var submitter = await service.SignInAsync("submitter");
        await Expect(submitter.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "plate.png" })).ToBeVisibleAsync();
        await Expect(Tab(submitter, "Submit")).ToBeVisibleAsync();
        await Expect(submitter.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Delete ") })).ToHaveCountAsync(0);

        var boss = await service.SignInAsync("operator");
        await boss.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Delete ") }).First.ClickAsync();
        await boss.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await Expect(boss.GetByText("No jobs yet")).ToBeVisibleAsync();
        await Expect(viewer.GetByText("No jobs yet")).ToBeVisibleAsync();
        await Tab(boss, "Workers").ClickAsync();
        await Expect(boss.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Drain" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_running_job_is_cancelled_tried_again_and_watched()
    {
        await using var service = await KeyedService.StartAsync(chromium);
        var (boss, watcher) = (await service.SignInAsync("operator"), await service.SignInAsync("viewer"));
        // It waits until the browsers have found what they look for: a fast machine would be done with it before a slow browser.
        await service.AskWorkerAsync("drain");
        var id = await service.SubmitLongAsync();
        foreach (var page in (IPage[])[watcher, boss]) await Expect(Row(page)).ToContainTextAsync("Waiting");
        await boss.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel long.png", Exact = true }).ClickAsync();
        var yes = boss.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel the work", Exact = true });
        await Expect(yes).ToBeVisibleAsync();

        await service.AskWorkerAsync("resume");
        await service.HoldRunningAsync(id, () => boss.RunAndWaitForRequestAsync(() => yes.ClickAsync(), request => request.Url.EndsWith("/cancel", StringComparison.Ordinal)));
        await Expect(Row(boss)).ToContainTextAsync("Cancelled");
        await Expect(Row(watcher)).ToContainTextAsync("Cancelled");
        Assert.False(File.Exists(service.Files.At("long-alpha.tif")), "a cancelled job has left an alpha");

        await Row(boss).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "long.png" }).ClickAsync();
        await Row(watcher).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "long.png" }).ClickAsync();
        await boss.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Retry", Exact = true }).ClickAsync();
        // Nobody reloads: a page sees the patches come, then the end.
        await Expect(watcher.GetByRole(AriaRole.Progressbar).First).ToBeVisibleAsync();
        foreach (var page in (IPage[])[watcher, boss]) await Expect(page.Locator(".how-far")).ToContainTextAsync("Done in");
        Assert.Equal(2, (int)JsonNode.Parse(await service.Client.GetStringAsync(new Uri($"/api/v1/jobs/{id}", UriKind.Relative), TestContext.Current.CancellationToken))!["attempts"]!);
        Assert.True(File.Exists(service.Files.At("long-alpha.tif")), "the job is done and its alpha is not there");
    }

    private static ILocator Row(IPage page) => page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "long.png" });

    private static ILocator Tab(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Pages" }).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = name });

    private static async Task DropAsync(IPage page, string what, string file) => await page.EvaluateAsync("""
        ([what, name, base64]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], name));
          document.querySelector(`[data-name="${what}"]`).dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """, new[] { what, Path.GetFileName(file), Convert.ToBase64String(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)) });

    private static async Task ZoomsAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "1:1" }).ClickAsync();
        await Expect(page.Locator(".zoom")).ToHaveTextAsync("100 %");
        var tile = page.WaitForResponseAsync(response => response.Url.Contains("/pictures/trimap/", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Zoom in" }).ClickAsync();
        await Expect(page.Locator(".zoom")).Not.ToHaveTextAsync("100 %");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Trimap", Exact = true }).ClickAsync();
        Assert.Equal(200, (await tile).Status);
    }

    // The scores of real features, each another: not a softmax's 1, 0, 0.
    private static async Task ShowsContextsAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Next query patch" }).ClickAsync();
        var scores = page.Locator(".contexts .score");
        await Expect(scores).Not.ToHaveCountAsync(0);
        var texts = await scores.AllTextContentsAsync();
        Assert.All(texts, text => Assert.Matches(Score(), text));
        Assert.True(texts.Count(text => text == "0.000") < texts.Count - 1, $"the scores tell nothing apart: {string.Join(", ", texts)}");
    }

    private static async Task ShowsAsync(IPage page, string view)
    {
        var radio = page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = view, Exact = true });
        await radio.ClickAsync();
        await Expect(radio).ToHaveAttributeAsync("aria-checked", "true");
        await Expect(page.GetByRole(AriaRole.Application)).ToHaveAttributeAsync("aria-label", new Regex($"^{view}"));
    }

    [GeneratedRegex("^\u2212?[01]\\.[0-9]{3}$")]
    private static partial Regex Score();

    [GeneratedRegex("#/jobs/([0-9a-f]{16})")]
    private static partial Regex Id();
}
