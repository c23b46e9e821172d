using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DistributedMatting.Web.Tests.Support;

namespace DistributedMatting.Web.Tests.Access;

public sealed class SessionTests
{
    private static readonly Uri Session = new("/api/v1/session", UriKind.Relative);
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);

    [Fact]
    public async Task A_browser_logs_in_and_out()
    {
        await using var service = await Keyed.StartAsync();
        using var browser = Browser(service);
        Assert.Equal(HttpStatusCode.Unauthorized, (await LogInAsync(browser, "matting_wrong")).StatusCode);
        using var answer = await LogInAsync(browser, service.KeyOf("sue"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(service.KeyOf("sue"), cookie, StringComparison.Ordinal);
        Assert.Equal("sue", await NameAsync(browser));

        using var left = await browser.DeleteAsync(Session, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Null(await NameAsync(browser));
    }

    [Fact]
    public async Task A_key_that_is_removed_ends_its_sessions()
    {
        var clock = new MovableClock();
        await using var service = await Keyed.StartAsync(clock: clock);
        using var browser = Browser(service);
        (await LogInAsync(browser, service.KeyOf("sue"))).Dispose();
        service.File.Remove("sue");
        clock.Pass(TimeSpan.FromSeconds(2));
        Assert.Null(await NameAsync(browser));
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.GetAsync("sue", "/api/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("vic", "/api/v1/me")).Status);
    }

    [Fact]
    public async Task A_session_that_nobody_uses_ends()
    {
        var clock = new MovableClock();
        await using var service = await Keyed.StartAsync(clock: clock);
        using var browser = Browser(service);
        (await LogInAsync(browser, service.KeyOf("sue"))).Dispose();
        clock.Pass(TimeSpan.FromHours(11));
        Assert.Equal("sue", await NameAsync(browser));
        clock.Pass(TimeSpan.FromHours(11));
        Assert.Equal("sue", await NameAsync(browser));
        clock.Pass(TimeSpan.FromHours(13));
        Assert.Null(await NameAsync(browser));
    }

    [Fact]
    public async Task A_session_survives_a_restart_of_the_service()
    {
        var folder = Directory.CreateTempSubdirectory("matting-sessions-");
        try
        {
            string? cookie;
            string path;
            await using (var service = await Keyed.StartAsync((options, _) => Kept(options)))
            {
                path = Path.Combine(folder.FullName, "keys.json");
                File.Copy(Path.Combine(service.Web.Outside, "keys.json"), path);
                using var browser = Browser(service);
                using var answer = await LogInAsync(browser, service.KeyOf("sue"));
                cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            }

            await using var again = await WebHarness.StartAsync((options, _) => Kept(options) with { Access = Kept(options).Access with { KeyFile = path } });
            using var request = new HttpRequestMessage(HttpMethod.Get, Me);
            request.Headers.Add("Cookie", cookie);
            using var me = await again.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        WebOptions Kept(WebOptions options) => options with { Access = options.Access with { SessionFolder = Path.Combine(folder.FullName, "secret") } };
    }

    private static HttpClient Browser(Keyed service) => new() { BaseAddress = service.Web.Client.BaseAddress };

    private static async Task<HttpResponseMessage> LogInAsync(HttpClient browser, string key)
    {
        using var body = new StringContent($$"""{ "key": "{{key}}" }""", Encoding.UTF8, "application/json");
        return await browser.PostAsync(Session, body, TestContext.Current.CancellationToken);
    }

    private static async Task<string?> NameAsync(HttpClient browser)
    {
        using var response = await browser.GetAsync(Me, TestContext.Current.CancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized) return null;
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["name"]!;
    }
}
