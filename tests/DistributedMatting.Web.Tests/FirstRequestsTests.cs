using System.Net;
using DistributedMatting.Web.Tests.Access;

namespace DistributedMatting.Web.Tests;

/// <summary>What a service asks itself when it starts.</summary>
public sealed class FirstRequestsTests
{
    // Longer than a service waits: here something depends on it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_itself_and_nothing_is_left_of_it()
    {
        await using var web = await WebHarness.StartAsync();
        await FirstRequests.AskAsync(web.App, Limit, End);
        var (_, page) = await web.SendAsync(HttpMethod.Get, "/api/v1/jobs");
        Assert.Equal(0, (int)page!["total"]!);
        // Not refused by a guard at the door: the submission came as far as its paths.
        var metrics = await web.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), End);
        foreach (var (route, status) in new[] { ("/api/v1/jobs/", "200"), ("/api/v1/jobs/{id}", "404"), ("/api/v1/jobs/", "400"), ("/api/v1/workers/", "200") })
            Assert.Contains(metrics.Split('\n'), line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)
                && line.Contains($"\"{route}\"", StringComparison.Ordinal) && line.Contains($"\"{status}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_knows_nobody_refuses_itself_and_goes_on()
    {
        await using var keyed = await Keyed.StartAsync();
        await FirstRequests.AskAsync(keyed.Web.App, Limit, End);
        Assert.Equal(HttpStatusCode.OK, (await keyed.GetAsync("vic", "/api/v1/jobs")).Status);
    }
}
