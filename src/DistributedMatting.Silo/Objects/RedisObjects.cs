using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Storage;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace DistributedMatting.Silo.Objects;

/// <summary>
/// Hot objects in the farm's Redis: pooled vectors, rankings, and tokens and alphas of small patches. A cache: they
/// expire, together they keep to a budget, and while Redis is away the folder is asked instead.
/// </summary>
public sealed partial class RedisObjects : IHotObjects, IDisposable
{
    // Reading a small file from a network drive takes a few milliseconds. Whoever waits longer for Redis should not ask it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RestAfterSilence = TimeSpan.FromSeconds(5);

    private readonly RedisObjectsOptions _options;
    private readonly RedisShelf _shelf;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Task<ConnectionMultiplexer> _connecting;
    private long _silentSince;
    private int _isAway;

    /// <param name="redis">Where Redis is; it need not be there yet.</param>
    /// <param name="cluster">Name of the farm.</param>
    /// <param name="options">How much it holds.</param>
    /// <param name="clock">Whose time paces questions to a Redis that is silent.</param>
    /// <param name="log">Hears once when Redis goes away, and once when it is back.</param>
    public RedisObjects(ConfigurationOptions redis, string cluster, RedisObjectsOptions options, TimeProvider clock, ILogger<RedisObjects> log)
    {
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _clock, _log, _shelf) = (options, clock, log, new RedisShelf(cluster, options));
        // A connection of its own: the farm's own words must not queue behind objects, and have more patience.
        redis = redis.Clone();
        redis.AbortOnConnectFail = false;
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.SyncTimeout = redis.AsyncTimeout = (int)Patience.TotalMilliseconds;
        redis.ReconnectRetryPolicy = new LinearRetry(1000);
        // No second connection for what nobody publishes.
        redis.CommandMap = CommandMap.Create(new HashSet<string> { "SUBSCRIBE" }, available: false);
        _connecting = ConnectionMultiplexer.ConnectAsync(redis);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Find(ObjectAddress address)
    {
        if (Reached() is not { } redis) return null;
        try
        {
            byte[]? bytes = redis.StringGet(_shelf.NameOf(address));
            if (Interlocked.Exchange(ref _isAway, 0) == 1) IsBack(_log);
            if (bytes is null) return null;
            if (ObjectAddress.Of(bytes) == address) return bytes;
            redis.KeyDelete(_shelf.NameOf(address), CommandFlags.FireAndForget);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            Volatile.Write(ref _silentSince, _clock.GetTimestamp());
            GoAway(error.Message);
        }
        return null;
    }

    /// <inheritdoc/>
    public void Keep(ObjectAddress address, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > _options.MaxObjectKib << 10 || Reached() is not { } redis) return;
        try
        {
            _shelf.Put(redis, address, bytes);
        }
        catch (RedisException error)
        {
            GoAway(error.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_connecting.IsCompletedSuccessfully) _connecting.Result.Dispose();
        else _connecting.ContinueWith(connecting => connecting.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
    }

    private IDatabase? Reached()
    {
        if (!_connecting.IsCompleted) return null;
        var since = Volatile.Read(ref _silentSince);
        if (since != 0 && _clock.GetElapsedTime(since) < RestAfterSilence) return null;
        if (_connecting is { IsCompletedSuccessfully: true, Result: { IsConnected: true } connection }) return connection.GetDatabase();
        GoAway("not connected");
        return null;
    }

    private void GoAway(string why)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 0) IsAway(_log, why);
    }

    [LoggerMessage(40, LogLevel.Warning, "Redis does not answer, small objects are read from the shared folder: {Why}")]
    private static partial void IsAway(ILogger log, string why);

    [LoggerMessage(41, LogLevel.Information, "Redis answers again, small objects are read from it")]
    private static partial void IsBack(ILogger log);
}
