using System.Collections.Concurrent;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core;
using DistributedMatting.Core.Storage;
using DistributedMatting.Silo.Objects;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace DistributedMatting.Cluster.Tests.Objects;

/// <summary>Small objects in a real redis-server, beside a folder.</summary>
public sealed class RedisObjectsTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string Key = new('a', ObjectAddress.Length);

    private readonly string _folder = Directory.CreateTempSubdirectory("matting-objects-").FullName;
    private readonly RedisServer _redis;
    private readonly List<RedisObjects> _open = [];
    private readonly Lines _said = new();

    public RedisObjectsTests() => _redis = new RedisServer(Path.Combine(_folder, "redis"));

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not there (Debian: apt-get install redis-server)");
        await _redis.StartAsync();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var objects in _open) objects.Dispose();
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task WhatOneSiloStores_AnotherReadsFromRedis()
    {
        var (one, other) = (Silo(out var hot), Silo(out _));
        var address = one.Put(Noise(1, 5000));
        await UntilHotAsync(hot, address, () => one.Find(address));
        DeleteFiles();
        ReadOnlyMemory<byte>? found = null;
        await Wait.UntilAsync("the other silo reaches Redis", Limit, () => (found = other.Find(address)) is not null);
        Assert.Equal(Noise(1, 5000), found!.Value.ToArray());
    }

    [Fact]
    public async Task LargeObject_StaysInTheFolderAlone()
    {
        var store = Silo(out var hot);
        var (small, large) = (store.Put(Noise(1, 64 << 10)), store.Put(Noise(2, (64 << 10) + 1)));
        await UntilHotAsync(hot, small, () => store.Find(small));
        Assert.Null(hot.Find(large));
        Assert.NotNull(store.Find(large));
    }

    [Fact]
    public async Task Objects_KeepToTheirBudget_AndExpire()
    {
        var store = Silo(out var hot, new RedisObjectsOptions { MaxMemoryMib = 1 });
        await UntilHotAsync(hot, store.Put(Noise(99, 10)), () => store.Put(Noise(99, 10)));
        var put = Enumerable.Range(0, 40).Select(seed => store.Put(Noise(seed, 50 << 10))).ToArray();
        await UntilHotAsync(hot, put[^1], () => store.Find(put[^1]));

        // Asked by a client that waits: a silo gives Redis up for a while where it is slow.
        using var client = await ConnectionMultiplexer.ConnectAsync(_redis.Connection);
        var (redis, names) = (client.GetDatabase(), client.GetServers().Single().Keys().ToArray());
        Assert.DoesNotContain($"{{film}}/objects/{put[0]}", names.Select(name => name.ToString()));
        Assert.InRange(put.Count(address => names.Contains($"{{film}}/objects/{address}")), 15, 20);
        Assert.InRange((long)await redis.StringGetAsync("{film}/objects/bytes"), 15 * 50 << 10, 1 << 20);
        Assert.Equal(names.Length - 2, await redis.SortedSetLengthAsync("{film}/objects/index"));
        foreach (var name in names) Assert.InRange((await redis.KeyTimeToLiveAsync(name))!.Value, TimeSpan.FromMinutes(30), TimeSpan.FromHours(2));
        Assert.NotNull(store.Find(put[0]));
    }

    [Fact]
    public async Task WhatExpires_IsReadFromTheFolder_AndCountsNoMore()
    {
        using var client = await ConnectionMultiplexer.ConnectAsync(_redis.Connection);
        var store = Silo(out var hot, new RedisObjectsOptions { Expiry = TimeSpan.FromSeconds(1) });
        var address = store.Put(Noise(1, 100));
        await UntilHotAsync(hot, address, () => store.Find(address));
        await Wait.UntilAsync("it has expired", Limit, () => hot.Find(address) is null);
        Assert.NotNull(store.Find(address));
        await UntilHotAsync(hot, address, () => store.Find(address));
        Assert.Equal(100 + 256, (long)await client.GetDatabase().StringGetAsync("{film}/objects/bytes"));
    }

    [Fact]
    public async Task WrongBytes_AreNotBelieved()
    {
        var store = Silo(out var hot);
        var address = store.Put(Noise(1, 100));
        await UntilHotAsync(hot, address, () => store.Find(address));
        using var client = await ConnectionMultiplexer.ConnectAsync(_redis.Connection);
        await client.GetDatabase().StringSetAsync($"{{film}}/objects/{address}", Noise(2, 100));
        Assert.Null(hot.Find(address));
        Assert.Equal(Noise(1, 100), store.Find(address)!.Value.ToArray());
        await UntilHotAsync(hot, address);
    }

    [Fact]
    public async Task RedisThatGoes_IsToldOfOnce_AndTheFolderServes()
    {
        var store = Silo(out var hot);
        var address = store.Put(Noise(1, 100));
        await UntilHotAsync(hot, address, () => store.Find(address));
        // On a busy machine it may have been away before.
        var before = _said.Count;
        _redis.Kill();
        await Wait.UntilAsync("somebody says that Redis is away", Limit, () => store.Find(address) is not null && _said.Count > before);
        for (var seed = 0; seed < 20; seed++) Assert.NotNull(store.Find(store.Put(Noise(seed, 100))));
        Assert.Contains("read from the shared folder", Assert.Single(_said.Skip(before)), StringComparison.Ordinal);

        await _redis.StartAsync();
        await Wait.UntilAsync("Redis is asked again", Limit, () => hot.Find(address) is not null);
        Assert.All(_said.Skip(before).Index(), line => Assert.Contains(line.Index % 2 == 0 ? "read from the shared folder" : "answers again", line.Item, StringComparison.Ordinal));
        Assert.NotEqual(before + 1, _said.Count);
    }

    [Fact]
    public async Task SilentRedis_IsLeftAloneForAWhile()
    {
        var store = Silo(out var hot);
        var address = store.Put(Noise(1, 100));
        await UntilHotAsync(hot, address, () => store.Find(address));
        var before = _said.Count;
        _redis.Signal("STOP");
        // The first question waits for a quarter of a second; the others are not asked.
        for (var read = 0; read < 1000; read++) Assert.NotNull(store.Find(address));
        Assert.Single(_said.Skip(before));
        _redis.Signal("CONT");
        await Wait.UntilAsync("Redis is asked again", Limit, () => hot.Find(address) is not null);
    }

    [Theory]
    [InlineData(-1, 1, 1)]
    [InlineData(1025, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 65537, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 86401)]
    public void Settings_HaveLimits(int kib, int mib, int seconds) => Assert.Throws<InvalidInputException>(
        () => new RedisObjectsOptions { MaxObjectKib = kib, MaxMemoryMib = mib, Expiry = TimeSpan.FromSeconds(seconds) }.Validate());

    // Without memory of its own, which would answer before Redis is asked.
    private IObjectStore Silo(out RedisObjects hot, RedisObjectsOptions? options = null)
    {
        hot = new RedisObjects(ConfigurationOptions.Parse(_redis.Connection), "film", options ?? new RedisObjectsOptions(), TimeProvider.System, _said);
        _open.Add(hot);
        return new FarmFolder(new FarmOptions { Folder = _folder }, new ObjectMemory(0), hot).Objects(Key);
    }

    // What is put is not waited for, and what is put before the connection stands is not kept: it is offered again.
    private static Task UntilHotAsync(RedisObjects hot, ObjectAddress address, Action? offer = null) => Wait.UntilAsync("the object is in Redis", Limit, () =>
    {
        offer?.Invoke();
        return hot.Find(address) is not null;
    });

    private void DeleteFiles() => Directory.Delete(Path.Combine(_folder, "work"), recursive: true);

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class Lines : ConcurrentQueue<string>, ILogger<RedisObjects>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Enqueue(formatter(state, exception));
    }
}
