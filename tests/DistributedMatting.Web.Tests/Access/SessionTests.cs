using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DistributedMatting.Web.Access.Callers;
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
        using var wrong = await LogInAsync(browser, "matting_wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Contains("does not know the key", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_copy_of_a_cookie_is_refused_after_the_log_out(bool kept)
    {
        var clock = new MovableClock();
        await using var service = await Keyed.StartAsync((options, folder) => kept ? options with { Access = options.Access with { SessionFolder = Path.Combine(folder, "secret") } } : options, clock);
        using var browser = Browser(service);
        var copy = await CookieAsync(browser, service);
        var other = await CookieAsync(Browser(service), service);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service.Web, copy));
        (await browser.DeleteAsync(Session, TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service.Web, copy));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service.Web, other));

        // In the second half of its time a cookie is renewed; that of a session that has ended is not.
        clock.Pass(TimeSpan.FromHours(11));
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        request.Headers.Add("Cookie", copy);
        using var late = await service.Web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Unauthorized, false), (late.StatusCode, late.Headers.Contains("Set-Cookie")));
    }

    [Fact]
    public async Task A_log_out_holds_for_all_services_that_share_the_folder_and_after_a_restart()
    {
        await using var first = await Keyed.StartAsync((options, folder) => Shared(options, folder));
        var folder = first.Web.Outside;
        await using var second = await WebHarness.StartAsync((options, _) => Shared(options, folder) with { Access = Shared(options, folder).Access with { KeyFile = Path.Combine(folder, "keys.json") } });
        var cookie = await CookieAsync(Browser(first), first);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, cookie));
        using var leave = new HttpRequestMessage(HttpMethod.Delete, Session);
        leave.Headers.Add("Cookie", cookie);
        (await second.Client.SendAsync(leave, TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(second, cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(first.Web, cookie));
        await using var third = await WebHarness.StartAsync((options, _) => Shared(options, folder) with { Access = Shared(options, folder).Access with { KeyFile = Path.Combine(folder, "keys.json") } });
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(third, cookie));

        static WebOptions Shared(WebOptions options, string folder) => options with { Access = options.Access with { SessionFolder = Path.Combine(folder, "secret") } };
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_too_many_have_ended_all_have_and_what_is_over_is_forgotten(bool kept)
    {
        var folder = kept ? Directory.CreateTempSubdirectory("matting-ended-") : null;
        try
        {
            var (clock, length) = (new MovableClock(), TimeSpan.FromHours(12));
            var ended = new EndedSessions(folder?.FullName, length, clock, most: 3);
            foreach (var id in new[] { "a", "b", "c" }) ended.End(id);
            Assert.True(ended.IsEnded("a", clock.GetUtcNow()));
            Assert.False(ended.IsEnded("d", clock.GetUtcNow()));
            var before = clock.GetUtcNow();
            ended.End("e");
            foreach (var id in new[] { "a", "d", "e" }) Assert.True(ended.IsEnded(id, before - TimeSpan.FromSeconds(1)), id);
            Assert.False(ended.IsEnded("d", clock.GetUtcNow() + TimeSpan.FromSeconds(1)));

            clock.Pass(TimeSpan.FromHours(13));
            ended.End("f");
            Assert.True(ended.IsEnded("f", clock.GetUtcNow()));
            if (folder is not null) Assert.Equal(["f"], folder.GetFiles().Select(file => file.Name));
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }

    private static async Task<string> CookieAsync(HttpClient browser, Keyed service)
    {
        using var answer = await LogInAsync(browser, service.KeyOf("sue"));
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpStatusCode> StatusAsync(WebHarness web, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        request.Headers.Add("Cookie", cookie);
        using var response = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
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
