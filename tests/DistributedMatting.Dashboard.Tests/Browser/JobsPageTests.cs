using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.Browser;

/// <summary>The list: it lives, it narrows, and its buttons do what they say.</summary>
public sealed class JobsPageTests(Chromium chromium)
{
    [Fact]
    public async Task Job_MovesWithoutAReload()
    {
        await using var pages = await Pages.OpenAsync(chromium);
        await Expect(pages.Page.GetByText("No jobs yet")).ToBeVisibleAsync();
        await pages.Page.EvaluateAsync("() => { window.same = true; }");

        var job = pages.Service.Jobs.Add(Pages.Submission("wolf_010"));
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("1st in the queue");
        pages.Service.Jobs.Run(job.Id, 0.6);
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Running");
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Matting");
        await Expect(pages.Row("wolf_010").GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "78");
        pages.Service.Jobs.Finish(job.Id);
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Done");
        pages.Service.Jobs.Delete(job.Id);
        await Expect(pages.Page.GetByText("No jobs yet")).ToBeVisibleAsync();
        Assert.True(await pages.Page.EvaluateAsync<bool>("() => window.same"));
    }

    [Fact]
    public async Task Filters_NarrowAndStayInTheAddress()
    {
        await using var pages = await Pages.OpenAsync(chromium, fill: service =>
        {
            service.Jobs.Add(Pages.Submission("wolf_010"));
            service.Jobs.Fail(service.Jobs.Add(Pages.Submission("wolf_020")).Id, "the trimap has another size");
            service.Jobs.Fail(service.Jobs.Add(Pages.Submission("fox_010", "ines", "fox")).Id, "the plate is cut short");
        });
        await Expect(pages.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(4); // with the heads

        await pages.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "State" }).GetByText("Failed").ClickAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await pages.Page.GetByRole(AriaRole.Searchbox).FillAsync("fox");
        await Expect(pages.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(pages.Row("fox_010")).ToContainTextAsync("the plate is cut short");
        Assert.Contains("state=failed", pages.Page.Url, StringComparison.Ordinal);

        await pages.Page.ReloadAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Upload_IsNamedByAWordNotByItsNumber()
    {
        await using var pages = await Pages.OpenAsync(chromium, fill: service => service.Jobs.Add(
            Pages.Submission("wolf_010") with { Plate = $"upload:{new string('a', 32)}" }));
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("uploaded");
        await Expect(pages.Row("wolf_010")).Not.ToContainTextAsync("aaaa");
    }

    [Fact]
    public async Task Telephone_NamesStandInOneLineWhoeverTheyAreOf()
    {
        await using var pages = await Pages.OpenAsync(chromium, width: 390, fill: service =>
        {
            service.Jobs.Add(Pages.Submission("wolf_010", "al"));
            service.Jobs.Add(Pages.Submission("wolf_020", "somebody-with-a-long-name"));
        });
        await Expect(pages.Row("wolf_0")).ToHaveCountAsync(2);
        Assert.Single((await pages.Page.Locator(".rows .name").EvaluateAllAsync<double[]>("all => all.map(one => one.getBoundingClientRect().left)")).Distinct());
    }

    [Fact]
    public async Task Cancel_AsksFirst()
    {
        JobId id = default;
        await using var pages = await Pages.OpenAsync(chromium, fill: service => id = service.Jobs.Run(service.Jobs.Add(Pages.Submission("wolf_010")).Id, 0.5).Id);

        await pages.Button("Cancel wolf_010").ClickAsync();
        await pages.Button("Let it go on").ClickAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal(JobState.Running, pages.Service.Jobs[id].State);

        await pages.Button("Cancel wolf_010").ClickAsync();
        await pages.Button("Cancel the work").ClickAsync();
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Cancelled");
        Assert.Equal(JobState.Cancelled, pages.Service.Jobs[id].State);
    }

    [Fact]
    public async Task PauseResumeRetry()
    {
        JobId id = default;
        await using var pages = await Pages.OpenAsync(chromium, fill: service => id = service.Jobs.Run(service.Jobs.Add(Pages.Submission("wolf_010")).Id, 0.5).Id);

        await pages.Button("Pause wolf_010").ClickAsync();
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Paused");
        await pages.Button("Resume wolf_010").ClickAsync();
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Waiting");
        pages.Service.Jobs.Fail(id, "the disk is full");
        await pages.Button("Retry wolf_010").ClickAsync();
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Waiting");
        Assert.Equal(JobState.Waiting, pages.Service.Jobs[id].State);
    }

    [Fact]
    public async Task Selected_AreHeldTogether()
    {
        await using var pages = await Pages.OpenAsync(chromium, fill: service =>
        {
            for (var i = 1; i <= 3; i++) service.Jobs.Add(Pages.Submission($"wolf_0{i}0"));
        });

        await pages.Page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "Select all that are shown" }).CheckAsync();
        var bar = pages.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Selected jobs" });
        await Expect(bar).ToContainTextAsync("3 selected");
        await bar.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Pause" }).ClickAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "Paused" })).ToHaveCountAsync(3);
    }
}
