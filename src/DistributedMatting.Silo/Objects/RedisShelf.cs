using DistributedMatting.Core.Storage;
using StackExchange.Redis;

namespace DistributedMatting.Silo.Objects;

/// <summary>
/// Where objects stand in Redis: each under its address with an expiry; an index of all by the time of their coming, and
/// the sum of their bytes, so that those that came first make room. One step of Redis keeps the three in agreement,
/// however many silos put at once.
/// </summary>
internal sealed class RedisShelf(string cluster, RedisObjectsOptions options)
{
    // What a name and its place in the index take beside the bytes, roughly.
    private const int NameBytes = 256;

    private const string Script = """
        local prefix, address, size, seconds, most = ARGV[1], ARGV[2], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
        local object, index, sum = prefix .. address, KEYS[1], KEYS[2]
        if size > most or redis.call('EXISTS', object) == 1 then return 0 end
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local function drop(entry)
          local bytes, name = string.match(entry, '^(%d+) (%x+)$')
          redis.call('UNLINK', prefix .. name)
          redis.call('ZREM', index, entry)
          return redis.call('DECRBY', sum, bytes)
        end
        local held = tonumber(redis.call('GET', sum) or 0)
        for _, entry in ipairs(redis.call('ZRANGEBYSCORE', index, '-inf', now - 1000 * seconds, 'LIMIT', 0, 100)) do held = drop(entry) end
        while held + size > most do
          local oldest = redis.call('ZRANGE', index, 0, 0)[1]
          if not oldest then
            redis.call('DEL', sum)
            break
          end
          held = drop(oldest)
        end
        redis.call('SET', object, ARGV[3], 'EX', seconds)
        if redis.call('ZADD', index, now, size .. ' ' .. address) == 1 then redis.call('INCRBY', sum, size) end
        redis.call('EXPIRE', index, 2 * seconds)
        redis.call('EXPIRE', sum, 2 * seconds)
        return 1
        """;

    // In braces: one place, should Redis be spread over many.
    private readonly string _prefix = $"{{{cluster}}}/objects/";

    public RedisKey NameOf(ObjectAddress address) => _prefix + address;

    /// <summary>Sends an object on its way there, and does not wait.</summary>
    public void Put(IDatabase redis, ObjectAddress address, ReadOnlyMemory<byte> bytes) => redis.ScriptEvaluate(
        Script,
        [_prefix + "index", _prefix + "bytes"],
        // A copy: Redis takes arrays alone.
        [_prefix, address.ToString(), bytes.ToArray(), bytes.Length + NameBytes, (int)options.Expiry.TotalSeconds, (long)options.MaxMemoryMib << 20],
        CommandFlags.FireAndForget | CommandFlags.NoScriptCache);
}
