using System.Globalization;
using DistributedMatting.Chaos.Farm;

namespace DistributedMatting.Cluster.Tests;

/// <summary>The program <c>matting-silo</c>, started before its Redis.</summary>
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
        await IsUpAsync(silo);
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

    [Theory]
    [InlineData("'--lissen=1' is no option of 'matting-silo' (did you mean --listen?)", "--lissen=1")]
    [InlineData("--dead-after '0' will not do", "--dead-after=0")]
    [InlineData("--redis-objects-kib '5000' will not do", "--redis-objects-kib=5000")]
    [InlineData("--redis is without its value", "--redis=")]
    [InlineData("device is \"tpu\"; it must be", "--device=tpu")]
    [InlineData("--redis-password-file is for a Redis", "--redis-password-file=/none")]
    [InlineData("--redis-password-file /none cannot be read", "--redis=localhost:1", "--redis-password-file=/none")]
    [InlineData("'--lissen' is no option", "--root", "/tmp", "--lissen", "1")]
    [InlineData("--advertise 192.0.2.1 is no address of this machine", "--advertise=192.0.2.1")]
    [InlineData("--advertise 0.0.0.0 is no address that other silos can reach", "--advertise=0.0.0.0")]
    [InlineData("--advertise 127.0.0.1 is reached from this machine alone, and Redis at 192.0.2.1:6379 is on another", "--redis=192.0.2.1:6379")]
    public async Task WhatIsSetUpWrongly_EndsWith2_AndOneLine(string why, params string[] words)
    {
        using var silo = SiloProgram.Start(_folder, words);
        await silo.EndAsync(Limit);
        Assert.Equal((2, true), (silo.ExitCode, Assert.Single(silo.Said.Split('\n')).StartsWith($"matting-silo: {why}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SecondSiloOnItsPort_IsRefused_AndTheFirstGoesOn()
    {
        var ports = SiloProgram.FreePorts();
        using var first = SiloProgram.Start(_folder, ports);
        await IsUpAsync(first);
        using var second = SiloProgram.Start(_folder, ports);
        await second.EndAsync(Limit);
        Assert.Equal(2, second.ExitCode);
        Assert.StartsWith($"matting-silo: --silo-port {ports[1]} of 127.0.0.1 is in use", Assert.Single(second.Said.Split('\n')), StringComparison.Ordinal);
        Assert.False(first.HasEnded, first.Said);

        first.Kill();
        using var next = SiloProgram.Start(_folder, ports);
        await IsUpAsync(next);
    }

    [Fact]
    public async Task FolderOfAnotherFarm_IsRefused_AndBothAreNamed()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not there (Debian: apt-get install redis-server)");
        await _redis.StartAsync();
        using (var first = SiloProgram.Start(Path.Combine(_folder, "one"), "--redis", _redis.Connection))
        {
            await IsUpAsync(first);
            first.Signal("TERM");
            await first.EndAsync(Limit);
        }
        var name = (await File.ReadAllTextAsync(Path.Combine(_folder, "one", "farm-id"), TestContext.Current.CancellationToken)).Trim();

        var other = Directory.CreateDirectory(Path.Combine(_folder, "two")).FullName;
        await RefusedAsync($"holds no file farm-id, and Redis at {_redis.Connection} is of farm {name}");
        await File.WriteAllTextAsync(Path.Combine(other, "farm-id"), "elsewhere\n", TestContext.Current.CancellationToken);
        await RefusedAsync($"is of farm elsewhere, and Redis at {_redis.Connection} of farm {name}");

        async Task RefusedAsync(string why)
        {
            using var silo = SiloProgram.Start(other, "--redis", _redis.Connection);
            await silo.EndAsync(Limit);
            Assert.Equal(2, silo.ExitCode);
            Assert.StartsWith($"matting-silo: --folder {other} {why}", Assert.Single(silo.Said.Split('\n')), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhileItWaits_ItLives_AndIsNotReady()
    {
        var port = Ports.Free();
        using var silo = SiloProgram.Start(_folder, "--redis", _redis.Connection, "--listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));
        await WaitsAsync(silo);
        using var client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        Assert.Equal((204, 204, 503, 503), (await AskAsync("/health/live"), await AskAsync("/health/startup"), await AskAsync("/health/ready"), await AskAsync("/api/v1/jobs")));
        if (!RedisServer.IsInstalled) return;

        await _redis.StartAsync();
        await IsUpAsync(silo);
        Assert.Equal((204, 204, 200), (await AskAsync("/health/live"), await AskAsync("/health/startup"), await AskAsync("/api/v1/jobs")));

        async Task<int> AskAsync(string path)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task APassword_ComesFromAFile_AndIsInNoListOfProcesses()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not there (Debian: apt-get install redis-server)");
        const string Password = "a, b=\"c\"";
        await _redis.StartAsync();
        using var tell = ChildProcess.Start("redis-cli", "-p", _redis.Port.ToString(CultureInfo.InvariantCulture), "CONFIG", "SET", "requirepass", Password);
        await tell.EndAsync(Limit);
        Assert.Equal("OK", tell.Said);
        var file = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(file, Password + "\n", TestContext.Current.CancellationToken);
        using var silo = SiloProgram.Start(_folder, "--redis", _redis.Connection, "--redis-password-file", file);
        await IsUpAsync(silo);
        Assert.DoesNotContain(Password, await File.ReadAllTextAsync($"/proc/{silo.Id}/cmdline", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task IsUpAsync(ChildProcess silo)
    {
        await Wait.UntilAsync("the silo is up", Limit, () => silo.HasEnded || silo.Said.Contains(SiloProgram.Up, StringComparison.Ordinal), () => silo.Said);
        Assert.False(silo.HasEnded, silo.Said);
    }

    private static async Task WaitsAsync(ChildProcess silo)
    {
        await Wait.UntilAsync("the silo waits for Redis", Limit, () => silo.HasEnded || silo.Said.Contains("waits for Redis", StringComparison.Ordinal), () => silo.Said);
        Assert.False(silo.HasEnded, silo.Said);
    }
}
