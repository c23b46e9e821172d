using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Web.Tests;

/// <summary>Each is answered with 4xx and one sentence, and none of them becomes a job.</summary>
public sealed class HostileRequestTests
{
    private const string Jobs = "/api/v1/jobs";

    [Fact]
    public async Task No_path_leads_out_of_the_roots()
    {
        await using var web = await WebHarness.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(web.Outside, "secret.tif"), "secret", TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(web.Root, "out"), web.Outside);
        File.CreateSymbolicLink(Path.Combine(web.Root, "link.tif"), Path.Combine(web.Outside, "secret.tif"));
        File.CreateSymbolicLink(Path.Combine(web.Root, "ring.tif"), Path.Combine(web.Root, "ring.tif"));
        string[] hostile =
        [
            "/etc/passwd", "plate.tif", "", $"{web.Root}/../secret.tif", $"{web.Root}/out/secret.tif", $"{web.Root}/link.tif", $"{web.Root}/ring.tif",
            $"{web.Root}x/secret.tif", web.Root, $"{web.Root}/a\\u0000.tif", "http://example.com/a.tif", "file:///etc/passwd", "//server/share/a.tif",
        ];
        foreach (var path in hostile)
        {
            await RefusedAsync(web, Jobs, $$"""{ "plate": "{{path}}", "alpha": "{{web.Root}}/o.tif" }""");
            await RefusedAsync(web, Jobs, $$"""{ "plate": "{{web.Root}}/p.tif", "trimap": "{{path}}", "alpha": "{{web.Root}}/o.tif" }""");
        }
        await RefusedAsync(web, Jobs, $$"""{ "plate": "{{web.Root}}/p.tif", "alpha": "{{web.Root}}/out/o.tif" }""");
        Assert.Empty(web.Engine.Begun);
    }

    [Fact]
    public async Task Encoded_dots_are_file_names_within_the_roots()
    {
        await using var web = await WebHarness.StartAsync();
        var (_, job) = await web.PostAsync(Jobs, $$"""{ "plate": "{{web.Root}}/%2e%2e/p.tif", "alpha": "{{web.Root}}/./o.tif" }""");
        Assert.StartsWith(web.Root, (string)job!["submission"]!["plate"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{ "plate": 7, "alpha": "/a.tif" }""")]
    [InlineData("""{ "plate": "/a.tif", "alpha": "/a.tif", "priority": 1e99 }""")]
    public async Task What_is_no_submission_is_refused(string body)
    {
        await using var web = await WebHarness.StartAsync();
        await RefusedAsync(web, Jobs, body);
    }

    [Fact]
    public async Task Sizes_types_methods_and_names_are_refused()
    {
        await using var web = await WebHarness.StartAsync();
        await RefusedAsync(web, Jobs, web.Submission(more: $", \"comment\": \"{new string('x', 100_000)}\""), HttpStatusCode.RequestEntityTooLarge);
        await RefusedAsync(web, Jobs, new string('[', 60_000));
        await RefusedAsync(web, Jobs, web.Submission(more: ", \"comment\": null"));
        await RefusedAsync(web, Jobs, web.Submission(more: ", \"priorty\": 90"));
        await RefusedAsync(web, $"{Jobs}/..%2f..%2fetc/pause", null, HttpStatusCode.NotFound);
        await RefusedAsync(web, $"{Jobs}/0123456789abcdef/explode", null, HttpStatusCode.NotFound);
        await RefusedAsync(web, Jobs, null, HttpStatusCode.MethodNotAllowed, HttpMethod.Put);
        await RefusedAsync(web, $"{Jobs}?limit=501", null, HttpStatusCode.BadRequest, HttpMethod.Get);
        await RefusedAsync(web, $"{Jobs}?limit=x", null, HttpStatusCode.BadRequest, HttpMethod.Get);
        await RefusedAsync(web, $"{Jobs}?state=3", null, HttpStatusCode.BadRequest, HttpMethod.Get);
        using var text = new StringContent(web.Submission(), Encoding.UTF8, "text/plain");
        using var response = await web.Client.PostAsync(new Uri(Jobs, UriKind.Relative), text, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "evil.example")]
    public async Task Another_site_is_refused(string header, string value)
    {
        await using var web = await WebHarness.StartAsync();
        var id = await web.SubmitAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Jobs}/{id}/cancel");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public void Other_machines_are_not_let_in()
    {
        var service = NSubstitute.Substitute.For<IMattingService>();
        var open = new WebOptions { Listen = new IPEndPoint(IPAddress.Any, 0), Roots = [Path.GetTempPath()] };
        Assert.Contains("API keys", Assert.Throws<InvalidInputException>(() => MattingWeb.Create(open, service, TimeProvider.System)).Message, StringComparison.Ordinal);
        var rootless = new WebOptions { Roots = [] };
        Assert.Throws<InvalidInputException>(() => MattingWeb.Create(rootless, service, TimeProvider.System));
    }

    private static async Task RefusedAsync(
        WebHarness web, string path, string? body, HttpStatusCode expected = HttpStatusCode.BadRequest, HttpMethod? method = null)
    {
        var (status, problem) = await web.SendAsync(method ?? HttpMethod.Post, path, body);
        Assert.True(status == expected, $"{path} {body?[..Math.Min(body.Length, 200)]}: {status}, not {expected}");
        Assert.Equal((int)expected, (int)Assert.IsType<JsonObject>(problem)["status"]!);
        Assert.DoesNotContain("   at ", problem.ToJsonString(), StringComparison.Ordinal);
    }
}
