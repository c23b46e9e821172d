using System.Net;
using System.Net.Http.Headers;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Web.Tests.Results;

public sealed class PictureTests
{
    // What the fake engine reports.
    private static readonly PixelSize Size = new(640, 480);

    [Fact]
    public async Task Every_tile_of_every_view_is_there_and_shows_its_place()
    {
        await using var web = await WebHarness.StartAsync();
        var id = await FinishedAsync(web);
        var (status, pictures) = await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((640, 480, 256, 3), ((int)pictures!["width"]!, (int)pictures["height"]!, (int)pictures["tile"]!, (int)pictures["levels"]!));
        Assert.Equal("""["plate","trimap","alpha","composite"]""", pictures["views"]!.ToJsonString());

        foreach (var view in pictures["views"]!.AsArray().Select(view => (string)view!))
        {
            for (var level = 0; level < 3; level++)
            {
                var (width, height) = (640 >> (2 - level), 480 >> (2 - level));
                for (var y = 0; y * 256 < height; y++)
                    for (var x = 0; x * 256 < width; x++)
                    {
                        var tile = await PictureAsync(web, $"/api/v1/jobs/{id}/pictures/{view}/{level}/{x}_{y}");
                        Assert.Equal(new PixelSize(Math.Min(256, width - 256 * x), Math.Min(256, height - 256 * y)), tile.Size);
                        if (view == "plate") Assert.InRange(tile.Rgb[0], 255 * 256 * x / width - 6, 255 * 256 * x / width + 6);
                    }
            }
        }

        // One pyramid each of plate, trimap and alpha: they do not drive each other out.
        Assert.Equal(3, Directory.GetFiles(Path.Combine(web.Outside, "queue", "pictures")).Length);
        Assert.Equal(HttpStatusCode.NotFound, (await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures/plate/3/0_0")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures/plate/2/3_0")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures/depth/2/0_0")).Status);
    }

    [Fact]
    public async Task A_composite_lies_over_the_colour_that_is_asked_for()
    {
        await using var web = await WebHarness.StartAsync();
        var id = await FinishedAsync(web);
        // Alpha is 0 on the left half and 1 on the right.
        var green = await PictureAsync(web, $"/api/v1/jobs/{id}/pictures/composite?x=100&y=100&width=8&height=8&scale=1&over=00ff00");
        Assert.InRange(green.Rgb[0], 0, 6);
        Assert.InRange(green.Rgb[1], 249, 255);
        var plate = await PictureAsync(web, $"/api/v1/jobs/{id}/pictures/composite?x=500&y=100&width=8&height=8&scale=1&over=00ff00");
        Assert.InRange(plate.Rgb[0], 255 * 500 / 640 - 8, 255 * 500 / 640 + 8);
        var checker = await PictureAsync(web, $"/api/v1/jobs/{id}/pictures/composite?x=0&y=0&width=64&height=64&scale=1");
        Assert.True(Math.Abs(checker.Rgb[3 * 4] - checker.Rgb[3 * 20]) > 30, "the checker has no squares");
    }

    [Fact]
    public async Task Any_region_at_any_scale()
    {
        await using var web = await WebHarness.StartAsync();
        var id = await FinishedAsync(web);
        foreach (var (scale, width) in new[] { ("1", 333), ("0.5", 167), ("0.3", 100), ("0.015625", 5), ("0.0001", 1) })
        {
            var part = await PictureAsync(web, $"/api/v1/jobs/{id}/pictures/trimap?x=300&y=7&width=333&height=400&scale={scale}");
            Assert.Equal(width, part.Size.Width);
        }

        var enlarged = await PictureAsync(web, $"/api/v1/jobs/{id}/pictures/trimap?x=290&y=7&width=20&height=3&scale=12.5");
        Assert.Equal(new PixelSize(250, 38), enlarged.Size);
        Assert.InRange(enlarged.Rgb[0], 0, 3);
        Assert.InRange(enlarged.Rgb[3 * 249], 125, 131);

        foreach (var bad in new[] { "x=300&y=7&width=341&height=4&scale=1", "x=0&y=0&width=3&height=4&scale=65", "x=0&y=0&width=3&height=4&scale=0", "x=0&y=0&width=640&height=480&scale=4", "x=0&y=0&width=3&height=4", "x=-1&y=7&width=3&height=4&scale=1", "x=0&y=0&width=3&height=4&scale=NaN", "x=0&y=0&width=3&height=4&scale=1&over=red" })
            Assert.Equal(HttpStatusCode.BadRequest, (await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures/composite?{bad}")).Status);
        var (_, problem) = await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures/alpha?x=0&y=0&width=3&height=4&scale=65");
        Assert.Contains("1/65536 (0.0000152588) to 64", (string)problem!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_has_is_not_sent_again_until_the_file_is_another()
    {
        await using var web = await WebHarness.StartAsync();
        var id = await FinishedAsync(web);
        var path = new Uri($"/api/v1/jobs/{id}/pictures/alpha/0/0_0", UriKind.Relative);
        using var first = await web.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(first.Headers.ETag!));

        PictureFiles.WriteGrey(Path.Combine(web.Root, "a_alpha.tif"), Size, (_, _) => 1);
        File.SetLastWriteTimeUtc(Path.Combine(web.Root, "a_alpha.tif"), DateTime.UtcNow.AddSeconds(5));
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(first.Headers.ETag!));
        Assert.Single(Directory.GetFiles(Path.Combine(web.Outside, "queue", "pictures"), $"{id}-alpha-*"));

        Assert.Equal(HttpStatusCode.NoContent, (await web.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{id}")).Status);
        Assert.Empty(Directory.GetFiles(Path.Combine(web.Outside, "queue", "pictures")));

        async Task<HttpStatusCode> AgainAsync(EntityTagHeaderValue etag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(etag);
            using var response = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Before_the_alpha_is_there_plate_and_trimap_are_shown()
    {
        await using var web = await WebHarness.StartAsync();
        WriteInputs(web);
        web.Engine.Work = FakeEngine.ForEver;
        var id = await web.SubmitAsync();
        var (_, pictures) = await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures");
        Assert.Equal("""["plate","trimap"]""", pictures!["views"]!.ToJsonString());
        await PictureAsync(web, $"/api/v1/jobs/{id}/pictures/plate/2/0_0");
        var (status, problem) = await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures/alpha/2/0_0");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("succeeded", (string)problem!["detail"]!, StringComparison.Ordinal);

        File.Delete(Path.Combine(web.Root, "a.tif"));
        (status, problem) = await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/pictures/plate/2/1_0");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("no longer there", (string)problem!["detail"]!, StringComparison.Ordinal);
    }

    internal static void WriteInputs(WebHarness web)
    {
        PictureFiles.WriteRamp(Path.Combine(web.Root, "a.tif"), Size);
        PictureFiles.WriteGrey(Path.Combine(web.Root, "a.png"), Size, (x, _) => x < 300 ? 0 : x < 340 ? 0.5f : 1, bits: 8);
    }

    internal static async Task<string> FinishedAsync(WebHarness web)
    {
        WriteInputs(web);
        PictureFiles.WriteGrey(Path.Combine(web.Root, "a_alpha.tif"), Size, (x, _) => x < 320 ? 0 : 1);
        await File.WriteAllTextAsync(Path.Combine(web.Root, "a_alpha.tif.json"), """{ "software": "a test" }""");
        var id = await web.SubmitAsync();
        await web.EventsAsync(id);
        return id;
    }

    private static async Task<Picture> PictureAsync(WebHarness web, string path)
    {
        using var response = await web.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {System.Text.Encoding.UTF8.GetString(bytes)}");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
            return ImageFile.ReadRgb8(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
