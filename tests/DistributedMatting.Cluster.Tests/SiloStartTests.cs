using DistributedMatting.Chaos.Farm;

namespace DistributedMatting.Cluster.Tests;

/// <summary>The program <c>matting-silo</c>, started before its Redis.</summary>
[Collection("farms")]
public sealed class SiloStartTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("matting-silo-").FullName;
    private readonly RedisServer _redis;

    public SiloStartTests() => _redis = new RedisServer(Path.Combine(_folder, "redis"));

    public void Dispose()
    {
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task StoppedWhileItWaits_ItSaysSo_AndThatIsNoError(string signal)
    {
        using var silo = SiloProgram.Start(_folder, "--redis", _redis.Connection);
        await WaitsAsync(silo);
        silo.Signal(signal);
        await silo.EndAsync(Limit);
        Assert.Equal(0, silo.ExitCode);
        Assert.Collection(
            silo.Said.Split('\n'),
            line => Assert.EndsWith($"waits for Redis at {_redis.Connection}", line, StringComparison.Ordinal),
            line => Assert.EndsWith("was stopped before it was up", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhenRedisComes_ItIsUp()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not there (Debian: apt-get install redis-server)");
        using var silo = SiloProgram.Start(_folder, "--redis", _redis.Connection);
        await WaitsAsync(silo);
        await _redis.StartAsync();
        await Wait.UntilAsync("the silo is up", Limit, () => silo.HasEnded || silo.Said.Contains(SiloProgram.Up, StringComparison.Ordinal));
        Assert.False(silo.HasEnded, silo.Said);
        silo.Signal("TERM");
        await silo.EndAsync(Limit);
        Assert.Equal(0, silo.ExitCode);
    }

    [Theory]
    [InlineData("", "--redis will not do")]
    [InlineData("localhost:1,nonsense=yes", "--redis will not do")]
    public async Task WhatIsNoConnection_IsRefusedInOneLine(string redis, string why)
    {
        using var silo = SiloProgram.Start(_folder, "--redis", redis);
        await silo.EndAsync(Limit);
        Assert.Equal(2, silo.ExitCode);
        Assert.StartsWith($"matting-silo: {why}", Assert.Single(silo.Said.Split('\n')), StringComparison.Ordinal);
    }

    private static async Task WaitsAsync(ChildProcess silo)
    {
        await Wait.UntilAsync("the silo waits for Redis", Limit, () => silo.HasEnded || silo.Said.Contains("waits for Redis", StringComparison.Ordinal));
        Assert.False(silo.HasEnded, silo.Said);
    }
}
