using System.Net.Http.Json;
using DistributedMatting.Web.Tests.Support;

namespace DistributedMatting.Web.Tests.Access;

/// <summary>A stream of events does not outlive the key or the session that opened it.</summary>
public sealed class StreamAccessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("/api/v1/jobs/events")]
    [InlineData("/api/v1/workers/events")]
    public async Task KeyRemoved_StreamEnds(string path)
    {
        var clock = new MovableClock();
        await using var service = await Keyed.StartAsync(clock: clock);
        await using var removed = await service.WatchAsync("dan", path);
        await using var other = await service.WatchAsync("vic", "/api/v1/jobs/events");
        await other.NextAsync();
        service.File.Remove("dan");
        clock.Pass(TimeSpan.FromSeconds(2));

        Assert.True(await removed.EndsAsync(Patience), "the stream of a key that is removed goes on");
        var id = await service.SubmitAsync("sue");
        Assert.Contains(id, await other.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignedOut_StreamOfAnotherTabEnds()
    {
        await using var service = await Keyed.StartAsync();
        using var browser = new HttpClient(new HttpClientHandler()) { BaseAddress = service.Web.Client.BaseAddress };
        (await browser.PostAsJsonAsync("/api/v1/session", new { key = service.KeyOf("sue") }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode().Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/jobs/events");
        await using var stream = await EventReader.OpenAsync(browser, request);
        await stream.NextAsync();

        (await browser.DeleteAsync(new Uri("/api/v1/session", UriKind.Relative), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode().Dispose();
        Assert.True(await stream.EndsAsync(Patience), "the stream of a session that is signed out goes on");
    }
}
