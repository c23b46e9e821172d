using System.Net;
using System.Text.Json.Nodes;
using DistributedMatting.Web.Access;

namespace DistributedMatting.Web.Tests.Access;

public sealed class ProxyTests
{
    private static readonly ProxyOptions Trusted = new() { UserHeader = "X-Remote-User", RoleHeader = "X-Remote-Role" };

    [Theory]
    [InlineData("anna", null, "submitter")]
    [InlineData("anna", "operator", "operator")]
    [InlineData("anna", "Viewer", "viewer")]
    [InlineData("anna", "root", null)]
    [InlineData("anna", "2", null)]
    [InlineData(null, "operator", null)]
    [InlineData("", null, null)]
    public async Task The_proxys_word_is_taken(string? user, string? role, string? expected) =>
        Assert.Equal(expected, await RoleAsync(Trusted, user, role));

    [Fact]
    public async Task Another_addresss_word_is_not() =>
        Assert.Null(await RoleAsync(Trusted with { Addresses = [IPAddress.Parse("192.0.2.1")] }, "anna", "operator"));

    [Fact]
    public async Task Two_users_are_none() => Assert.Null(await RoleAsync(Trusted, "anna", null, "bert"));

    [Fact]
    public async Task A_foreign_name_is_refused_though_a_proxy_is_trusted()
    {
        await using var web = await WebHarness.StartAsync((options, _) => options with { Access = new AccessOptions { Proxy = Trusted, PublicUrl = new Uri("https://matting.example") } });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(web, "matting.example", "https://matting.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(web, "evil.example", "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(web, "matting.example", "https://evil.example"));
    }

    private static async Task<HttpStatusCode> StatusAsync(WebHarness web, string host, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Host = host;
        request.Headers.Add("Origin", origin);
        request.Headers.Add("X-Remote-User", "anna");
        using var response = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<string?> RoleAsync(ProxyOptions proxy, string? user, string? role, string? another = null)
    {
        await using var web = await WebHarness.StartAsync((options, _) => options with { Access = new AccessOptions { Proxy = proxy } });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        if (user is not null) request.Headers.TryAddWithoutValidation("X-Remote-User", user);
        if (another is not null) request.Headers.TryAddWithoutValidation("X-Remote-User", another);
        if (role is not null) request.Headers.TryAddWithoutValidation("X-Remote-Role", role);
        using var response = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        if (response.StatusCode != HttpStatusCode.Unauthorized) return (string)body["role"]!;
        Assert.NotNull(body["detail"]);
        return null;
    }
}
