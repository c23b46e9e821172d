using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Keys;

namespace DistributedMatting.Cluster.Tests;

/// <summary>The program <c>matting-silo</c> itself: whom its REST API lets in.</summary>
public sealed class SiloAccessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("matting-silo-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("there are no API keys", "--listen", "0.0.0.0:7788")]
    [InlineData("it takes an address and a port", "--listen", "7788")]
    [InlineData("--proxy-header names the header", "--proxy-from", "127.0.0.1")]
    [InlineData("must be like http://127.0.0.1:4317", "--otlp", "ftp://127.0.0.1")]
    public async Task WhatIsNotSafe_IsRefused(string why, params string[] words)
    {
        using var silo = Start(words);
        await silo.EndAsync(Limit);
        Assert.Contains(why, silo.Said, StringComparison.Ordinal);
        Assert.NotEqual(0, silo.ExitCode);
    }

    [Fact]
    public async Task WithKeys_WhoHasNone_IsNotLetIn()
    {
        var file = Path.Combine(_folder, "keys.json");
        var key = new KeyFile(file).Add("sam", Role.Viewer, null, TimeProvider.System);
        var port = Ports.Free();
        using var silo = Start("--listen", string.Create(CultureInfo.InvariantCulture, $"0.0.0.0:{port}"), "--keys", file, "--name", "atlas");
        await Wait.UntilAsync("the silo is up", Limit, () => silo.HasEnded || silo.Said.Contains(SiloProgram.Up, StringComparison.Ordinal), () => silo.Said);
        Assert.False(silo.HasEnded, silo.Said);

        using var client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/v1/workers", UriKind.Relative), Cancel)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        await Wait.UntilAsync("the worker is listed", Limit, async () =>
            (await client.GetStringAsync(new Uri("/api/v1/workers", UriKind.Relative), Cancel)).Contains("atlas#1", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(new Uri("/api/v1/workers/atlas%231/drain", UriKind.Relative), null, Cancel)).StatusCode);
        Assert.Contains("role=\"cpu+coordinator\",silo=\"atlas\"", await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel), StringComparison.Ordinal);
    }

    private ChildProcess Start(params string[] words) => SiloProgram.Start(_folder, words);
}
