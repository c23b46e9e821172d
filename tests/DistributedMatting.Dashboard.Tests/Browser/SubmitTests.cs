using DistributedMatting.Dashboard.Testing;
using DistributedMatting.Dashboard.Tests.Support;

namespace DistributedMatting.Dashboard.Tests.Browser;

/// <summary>Submitting: by upload, through a cut, and by paths.</summary>
public sealed class SubmitTests(Chromium chromium)
{
    private static FilePayload File(string name, int bytes) => new() { Name = name, MimeType = "image/tiff", Buffer = new byte[bytes] };

    [Fact]
    public async Task Upload_CutHalfWay_GoesOnAndBecomesAJob()
    {
        await using var pages = await Pages.OpenAsync(chromium, "#/submit", refusals: true);
        const int Bytes = 5 * FakeUploads.ChunkBytes / 2;
        pages.Service.Uploads.CutAt = FakeUploads.ChunkBytes + 1000;

        await Expect(pages.Page.GetByText("A plate is missing.")).ToBeVisibleAsync();
        await pages.Page.Locator("#file-plate").SetInputFilesAsync(File("wolf.tif", Bytes));
        await pages.Page.Locator("#file-trimap").SetInputFilesAsync(File("wolf_trimap.png", 5000));
        await Expect(pages.Page.GetByText("uploaded")).ToHaveCountAsync(2);
        Assert.Equal(Bytes, pages.Service.Uploads.Offsets["wolf.tif"]);
        Assert.Null(pages.Service.Uploads.CutAt);

        await pages.Page.GetByLabel("Comment").FillAsync("the whiskers");
        await pages.Button("Submit").ClickAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("wolf.tif");
        var asked = Assert.Single(pages.Service.Jobs.All).Submission;
        Assert.StartsWith("upload:", asked.Plate, StringComparison.Ordinal);
        Assert.StartsWith("upload:", asked.Trimap, StringComparison.Ordinal);
        Assert.Equal("the whiskers", asked.Comment);
    }

    [Fact]
    public async Task Dropped_IsTaken()
    {
        await using var pages = await Pages.OpenAsync(chromium, "#/submit", refusals: true);
        await Expect(pages.Page.GetByText("Drop the plate here")).ToBeVisibleAsync();

        await pages.Page.EvaluateAsync("""
            () => {
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array(3000)], "dropped.tif"));
              document.querySelector('[data-name="plate"]').dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(pages.Page.GetByText("uploaded")).ToBeVisibleAsync();
        Assert.Equal(3000, pages.Service.Uploads.Offsets["dropped.tif"]);
        await Expect(pages.Button("Submit")).ToBeEnabledAsync();
        await pages.Button("Take the plate away").ClickAsync();
        await Expect(pages.Page.GetByText("A plate is missing.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Paths_RefusalGoesToItsField()
    {
        await using var pages = await Pages.OpenAsync(chromium, "#/submit", refusals: true);
        await pages.Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Paths on the service" }).ClickAsync();
        var plate = pages.Page.GetByLabel("Plate", new PageGetByLabelOptions { Exact = true });

        await plate.FillAsync("/etc/passwd");
        await pages.Button("Submit").ClickAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "outside the folders" })).ToBeVisibleAsync();
        await Expect(plate).ToBeFocusedAsync();
        await Expect(plate).ToHaveAttributeAsync("aria-invalid", "true");

        await plate.FillAsync("/studio/plates/wolf_010.tif");
        await Expect(pages.Page.GetByLabel("Alpha to write")).ToHaveValueAsync("/studio/plates/wolf_010_alpha.tif");
        await pages.Button("Submit").ClickAsync();
        await Expect(pages.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("wolf_010.tif");
        Assert.Equal("local", Assert.Single(pages.Service.Jobs.All).Submission.User);
    }
}
