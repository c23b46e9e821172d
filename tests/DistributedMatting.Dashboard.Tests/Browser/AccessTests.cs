using DistributedMatting.Dashboard.Testing;
using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.Browser;

/// <summary>Keys and roles: what is not allowed is not offered.</summary>
public sealed class AccessTests(Chromium chromium)
{
    private async Task<Pages> SignInAsync(string key)
    {
        var pages = await Pages.OpenAsync(chromium, fill: Closed, refusals: true);
        await pages.Page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).FillAsync(key);
        await pages.Button("Sign in").ClickAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Jobs" })).ToBeVisibleAsync();
        return pages;
    }

    private static void Closed(FakeService service)
    {
        service.Keys.Required = true;
        service.Jobs.Add(Pages.Submission("sams", "sam"));
        service.Jobs.Add(Pages.Submission("inesens", "ines"));
    }

    [Fact]
    public async Task WrongKey_IsSaid()
    {
        await using var pages = await Pages.OpenAsync(chromium, fill: Closed, refusals: true);
        var key = pages.Page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true });
        await Expect(key).ToBeFocusedAsync();
        await key.FillAsync("guess");
        await pages.Page.Keyboard.PressAsync("Enter");

        await Expect(pages.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "the key is not known here" })).ToBeVisibleAsync();
        await Expect(pages.Page.GetByText("sams")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Viewer_OnlyLooks()
    {
        await using var pages = await SignInAsync("viewer-key");
        await Expect(pages.Row("sams")).ToBeVisibleAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^(Pause|Cancel) ") })).ToHaveCountAsync(0);
        await Expect(pages.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Submit" })).ToHaveCountAsync(0);
        await pages.GoAsync("#/submit");
        await Expect(pages.Page.GetByText("Submitting is not yours")).ToBeVisibleAsync();
        await pages.GoAsync("#/workers");
        await Expect(pages.Page.GetByText("borealis").First).ToBeVisibleAsync();
        await Expect(pages.Button("Drain")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Submitter_HasOnlyTheirOwn()
    {
        await using var pages = await SignInAsync("submitter-key");
        await Expect(pages.Button("Cancel sams")).ToBeVisibleAsync();
        await Expect(pages.Button("Cancel inesens")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Operator_Drains()
    {
        await using var pages = await SignInAsync("operator-key");
        await Expect(pages.Button("Cancel inesens")).ToBeVisibleAsync();
        await pages.GoAsync("#/workers");
        await pages.Button("Drain").First.ClickAsync();
        await pages.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Drain" }).ClickAsync();
        await Expect(pages.Button("Take work again")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignInAgain_ShowsAllJobs()
    {
        await using var pages = await SignInAsync("operator-key");
        await Expect(pages.Row("sams")).ToBeVisibleAsync();
        await pages.Button("Sign out").ClickAsync();
        await pages.Page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).FillAsync("viewer-key");
        await pages.Button("Sign in").ClickAsync();

        await Expect(pages.Row("sams")).ToBeVisibleAsync();
        pages.Service.Jobs.Add(Pages.Submission("later"));
        await Expect(pages.Row("later")).ToBeVisibleAsync();
        await Expect(pages.Button("Cancel sams")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task SignOut_ShowsNothingMore()
    {
        await using var pages = await SignInAsync("operator-key");
        await pages.Button("Sign out").ClickAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        await pages.GoAsync("#/workers");
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(pages.Page.GetByText("sams")).ToHaveCountAsync(0);
    }
}
