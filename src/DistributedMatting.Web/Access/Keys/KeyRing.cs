using System.Collections.Frozen;
using DistributedMatting.Core;

namespace DistributedMatting.Web.Access.Keys;

/// <summary>The keys as the file has them now. A file that is damaged while the service runs lets nobody in.</summary>
internal sealed class KeyRing
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly KeyFile _file;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private FrozenDictionary<string, KeyEntry> _byHash = FrozenDictionary<string, KeyEntry>.Empty;
    private (DateTime, long) _stamp;
    private long _lookedAt;

    /// <exception cref="InvalidInputException">The file will not do, or has no key.</exception>
    public KeyRing(KeyFile file, TimeProvider clock)
    {
        (_file, _clock, _lookedAt, _stamp) = (file, clock, clock.GetTimestamp(), file.Stamp());
        _byHash = Load();
        if (_byHash.Count == 0)
            throw new InvalidInputException($"{file.FilePath} {(_stamp == default ? "is not there" : "has no key")}; make one with 'matting keys add NAME --keys {file.FilePath}'");
    }

    /// <summary>Whose key this is; null if nobody's. The look-up is by hash, so its time tells nothing of the key.</summary>
    public KeyEntry? Find(string? key) => ApiKey.Hash(key) is { } hash ? FindHash(hash) : null;

    /// <summary>The key with this hash; null if it was removed.</summary>
    public KeyEntry? FindHash(string hash) => Now().GetValueOrDefault(hash);

    private FrozenDictionary<string, KeyEntry> Now()
    {
        lock (_gate)
        {
            if (_clock.GetElapsedTime(_lookedAt) < LookAgain) return _byHash;
            _lookedAt = _clock.GetTimestamp();
            var stamp = _file.Stamp();
            if (stamp == _stamp) return _byHash;
            try
            {
                _byHash = Load();
            }
            catch (InvalidInputException)
            {
                _byHash = FrozenDictionary<string, KeyEntry>.Empty;
            }

            _stamp = stamp;
            return _byHash;
        }
    }

    private FrozenDictionary<string, KeyEntry> Load() => _file.Read().DistinctBy(key => key.Sha256).ToFrozenDictionary(key => key.Sha256, StringComparer.Ordinal);
}
