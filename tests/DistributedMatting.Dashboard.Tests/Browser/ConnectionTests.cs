using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.Browser;

/// <summary>A lost connection is said, and mends by itself.</summary>
public sealed class ConnectionTests(Chromium chromium)
{
    [Fact]
    public async Task Lost_IsSaid_AndMendsWithWhatWasMissed()
    {
        await using var pages = await Pages.OpenAsync(chromium, fill: service => service.Jobs.Add(Pages.Submission("wolf_010")), refusals: true);
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Waiting");

        pages.Service.Break();
        await Expect(pages.Page.GetByText("The connection to the service is lost.")).ToBeVisibleAsync();
        pages.Service.Jobs.Finish(pages.Service.Jobs.All[0].Id);
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Waiting");

        await Expect(pages.Button("Try now")).ToBeVisibleAsync();
        pages.Service.Mend(); // nobody has to press it
        await Expect(pages.Row("wolf_010")).ToContainTextAsync("Done");
        await Expect(pages.Page.GetByText("The connection to the service is lost.")).ToHaveCountAsync(0);
        await Expect(pages.Page.Locator("#polite")).ToContainTextAsync("The connection is back");
    }

    [Fact]
    public async Task JobTooOldForASnapshot_IsNotSaidToBeDeleted()
    {
        await using var pages = await Pages.OpenAsync(chromium, "#/workers", service =>
        {
            for (var i = 0; i < 500; i++) service.Jobs.Add(Pages.Submission($"new_{i}"));
        });
        var old = pages.Service.Jobs.Add(Pages.Submission("old"), TimeSpan.FromDays(3)).Id;
        await pages.ShowAsync($"#/jobs/{old}");
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("old");

        // As a service that was started anew tells it: it has no events to go on from.
        await pages.Page.EvaluateAsync("""
            async () => {
              const { store } = await import("/pages/js/core/jobs-store.js");
              window.told = new Promise(done => store.addEventListener("change", () => done(), { once: true }));
            }
            """);
        pages.Service.Jobs.TellAll();
        await pages.Page.EvaluateAsync("() => window.told");
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("old");
        pages.Service.Jobs.Run(old, 0.5);
        await Expect(pages.Page.GetByText("Matting").First).ToBeVisibleAsync();
    }
}
