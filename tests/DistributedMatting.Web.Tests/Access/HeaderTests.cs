namespace DistributedMatting.Web.Tests.Access;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/me")]
    [InlineData("/api/v1/jobs/0123456789abcdef")]
    [InlineData("/no/such/page")]
    [InlineData("/api/v1/jobs?limit=0")]
    public async Task Every_answer_says_what_a_browser_may_do_with_it(string path)
    {
        await using var web = await WebHarness.StartAsync();
        using var response = await web.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl is { NoStore: true } or { NoCache: true }, "it may be kept");
        Assert.False(response.Headers.Contains("Server"), "the server's name is told");
    }
}
