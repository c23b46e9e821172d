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
}
