using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DistributedMatting.Dashboard.Testing;

namespace DistributedMatting.Dashboard.Tests;

/// <summary>How the pages are served; no browser is needed.</summary>
public sealed partial class PageFilesTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/pages/js/app.js", "text/javascript")]
    [InlineData("/pages/css/tokens.css", "text/css")]
    [InlineData("/pages/vendor/inter/inter.woff2", "font/woff2")]
    [InlineData("/favicon.ico", "image/svg+xml")]
    public async Task File_HasItsTypeItsPolicyAndATag(string path, string type)
    {
        await using var service = await FakeService.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(service.Url + path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(answer.Headers.ETag);
        var policy = string.Join(";", answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameTag_NotSentAgain()
    {
        await using var service = await FakeService.StartAsync();
        using var client = new HttpClient();
        using var first = await client.GetAsync($"{service.Url}/", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{service.Url}/");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/pages/PageFiles.cs")]
    [InlineData("/pages/../appsettings.json")]
    [InlineData("/pages/%2e%2e/index.html")]
    [InlineData("/pages/")]
    public async Task WhatIsNoPage_NotFound(string path)
    {
        await using var service = await FakeService.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(service.Url + path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void Vendored_IsWhatItsNoteSays()
    {
        var vendor = Path.Combine(Root(), "src", "DistributedMatting.Web", "Pages", "vendor");
        var notes = Note().Matches(File.ReadAllText(Path.Combine(vendor, "README.md")));

        Assert.Equal(2, notes.Count);
        Assert.All(notes, note => Assert.Equal(
            note.Groups["hash"].Value, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(vendor, note.Groups["file"].Value))))));
    }

    [GeneratedRegex(@"^\| (?<file>\S+) \|.*\| (?<hash>[0-9a-f]{64}) \|", RegexOptions.Multiline)]
    private static partial Regex Note();

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "DistributedMatting.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests must run from inside the repository");
    }
}
