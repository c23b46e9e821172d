using System.Net;
using DistributedMatting.Web.Tests.Results;

namespace DistributedMatting.Web.Tests.Requests;

public sealed class HeadTests
{
    [Theory]
    [InlineData("/health/live", HttpStatusCode.NoContent)]
    [InlineData("/health/ready", HttpStatusCode.NoContent)]
    [InlineData("/api/v1/jobs", HttpStatusCode.OK)]
    [InlineData("/api/v1/jobs/ID", HttpStatusCode.OK)]
    [InlineData("/api/v1/jobs/ID/alpha", HttpStatusCode.OK)]
    [InlineData("/api/v1/jobs/ID/provenance", HttpStatusCode.OK)]
    [InlineData("/api/v1/jobs/ID/pictures/alpha/0/0_0", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/api/v1/jobs/0123456789abcdef", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/jobs/ID/pause", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/api/v1/jobs/events", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/api/v1/jobs/ID/events", HttpStatusCode.MethodNotAllowed)]
    public async Task What_answers_GET_answers_HEAD_without_a_body(string path, HttpStatusCode expected)
    {
        await using var web = await WebHarness.StartAsync();
        var id = await PictureTests.FinishedAsync(web);
        using var answer = await HeadAsync(web, path.Replace("ID", id, StringComparison.Ordinal));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected == HttpStatusCode.MethodNotAllowed, answer.Content.Headers.Allow.Count > 0);
    }

    [Fact]
    public async Task The_alphas_headers_are_those_of_its_download()
    {
        await using var web = await WebHarness.StartAsync();
        var id = await PictureTests.FinishedAsync(web);
        var path = $"/api/v1/jobs/{id}/alpha";
        using var head = await HeadAsync(web, path);
        using var get = await web.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(new FileInfo(Path.Combine(web.Root, "a_alpha.tif")).Length, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Content.Headers.ContentDisposition, head.Content.Headers.ContentDisposition);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Contains("bytes", head.Headers.AcceptRanges);
    }

    private static async Task<HttpResponseMessage> HeadAsync(WebHarness web, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        return await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
