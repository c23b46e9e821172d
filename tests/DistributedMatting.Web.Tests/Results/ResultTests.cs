using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DistributedMatting.Core;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Web.Tests.Results;

public sealed class ResultTests
{
    [Fact]
    public async Task Patches_are_told_while_they_change_and_afterwards()
    {
        await using var web = await WebHarness.StartAsync();
        var (cut, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        web.Engine.Work = async (_, observer, _) =>
        {
            // 3 × 2 patches, of which the first is known and the last was matted before.
            observer.Cut(new PatchGrid(new PixelSize(640, 480), 320, 32), [PatchState.Known, PatchState.Waiting, PatchState.Waiting, PatchState.Waiting, PatchState.Waiting, PatchState.Matted]);
            observer.Became(1, PatchState.Encoded);
            observer.Ranked(new ContextRanking([new RankedContexts(1, [4, 2], [0.75, 0.25])]));
            observer.Became(1, PatchState.Matted);
            cut.SetResult();
            await go.Task;
            observer.Became(2, PatchState.Failed);
            observer.Say("a line for a person");
            throw new InvalidInputException("the disk is full");
        };
        var id = await web.SubmitAsync();
        await cut.Task;
        Assert.Equal("kmwwwm", (string)(await GetAsync("patches"))["states"]!);
        go.SetResult();
        await web.EventsAsync(id);

        var map = await GetAsync("patches");
        Assert.Equal("""{"patch":320,"margin":32,"columns":3,"rows":2,"xs":[0,288,576],"ys":[0,288],"states":"kmfwwm"}""", map.ToJsonString());
        Assert.Equal("""{"index":1,"x":288,"y":0,"side":320,"state":"m","contexts":[{"index":4,"x":288,"y":288,"score":0.75},{"index":2,"x":576,"y":0,"score":0.25}]}""", (await GetAsync("patches/1")).ToJsonString());
        Assert.Empty((await GetAsync("patches/0"))["contexts"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/patches/6")).Status);

        var log = (await GetAsync("log"))["lines"]!.AsArray().Select(line => (string)line!["text"]!).ToList();
        Assert.Equal(["submitted", "taken up, attempt 1", "a line for a person", "failed: the disk is full"], log);

        async Task<JsonNode> GetAsync(string what)
        {
            var (status, body) = await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/{what}");
            Assert.True(status == HttpStatusCode.OK, body?.ToJsonString());
            return body!;
        }
    }

    [Fact]
    public async Task Alpha_comes_whole_or_in_ranges_by_its_own_name()
    {
        await using var web = await WebHarness.StartAsync();
        var id = await PictureTests.FinishedAsync(web);
        var expected = await File.ReadAllBytesAsync(Path.Combine(web.Root, "a_alpha.tif"), TestContext.Current.CancellationToken);
        var path = new Uri($"/api/v1/jobs/{id}/alpha", UriKind.Relative);
        using var whole = await web.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("image/tiff", whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal("a_alpha.tif", whole.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(expected, await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = new RangeHeaderValue(10, 19);
        using var part = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(expected[10..20], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        Assert.Equal("a test", (string)(await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/provenance")).Body!["software"]!);
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("provenance")]
    public async Task A_range_beyond_the_end_is_refused_with_a_sentence(string what)
    {
        await using var web = await WebHarness.StartAsync();
        var id = await PictureTests.FinishedAsync(web);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/{what}");
        request.Headers.Range = new RangeHeaderValue(1L << 40, null);
        using var answer = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var length = new FileInfo(Path.Combine(web.Root, what == "alpha" ? "a_alpha.tif" : "a_alpha.tif.json")).Length;
        Assert.Equal(length, answer.Content.Headers.ContentRange!.Length);
        Assert.Null(answer.Content.Headers.ContentDisposition);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Contains($"ask for bytes of 0 to {length - 1}", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("provenance")]
    [InlineData("patches")]
    [InlineData("patches/0")]
    [InlineData("pictures/composite/0/0_0")]
    public async Task What_is_not_there_yet_is_said(string what)
    {
        await using var web = await WebHarness.StartAsync();
        web.Engine.Work = Workstation.Testing.FakeEngine.ForEver;
        var id = await web.SubmitAsync();
        var (status, problem) = await web.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{id}/{what}");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.NotEmpty((string)problem!["detail"]!);
    }
}
