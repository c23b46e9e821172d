namespace DistributedMatting.Cluster.Farm;

/// <summary>
/// Activations of patches that were encoded on this silo, until they are matted: the scheduler sends a patch back to where
/// they are. They are large and cheap to make again, so they never leave the silo. Of one plate those that come last stay
/// out when it is full, since patches are matted in the order in which they were encoded; those of plates that nobody has
/// touched for longest make room for others.
/// </summary>
public sealed class ActivationMemory(long budget)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<int, byte[]>> _held = [];

    // Plates in the order in which they were last touched.
    private readonly List<string> _touched = [];

    // Arrays that held activations and may again: new ones for every patch would be garbage faster than it is collected.
    private readonly Stack<byte[]> _spare = [];
    private long _spareBytes;

    /// <summary>Bytes of activations held now.</summary>
    public long Bytes { get; private set; }

    /// <summary>An array of that length that nobody needs, or null.</summary>
    public byte[]? Spare(int length)
    {
        lock (_lock) return Pop() is { } spare && spare.Length == length ? spare : null;
    }

    /// <summary>Gives an array back that nobody needs, for <see cref="Spare"/>; it counts against the budget as what is held does.</summary>
    public void Free(byte[] activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        lock (_lock)
        {
            if (Bytes + _spareBytes + activations.Length > budget) return;
            _spare.Push(activations);
            _spareBytes += activations.Length;
        }
    }

    /// <summary>Keeps a patch's activations; false if there is no room.</summary>
    public bool TryKeep(string key, int patch, byte[] activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        lock (_lock)
        {
            Touch(key);
            while (Bytes + activations.Length > budget && _touched[0] != key) Drop(_touched[0]);
            if (Bytes + activations.Length > budget) return false;
            if (!_held.TryGetValue(key, out var patches)) _held[key] = patches = [];
            if (!patches.TryAdd(patch, activations)) return false;
            Bytes += activations.Length;
            while (Bytes + _spareBytes > budget) Pop();
            return true;
        }
    }

    /// <summary>Takes a patch's activations out; null where they must be made again.</summary>
    public byte[]? Take(string key, int patch)
    {
        lock (_lock)
        {
            if (!_held.TryGetValue(key, out var patches)) return null;
            Touch(key);
            if (!patches.Remove(patch, out var activations)) return null;
            Bytes -= activations.Length;
            return activations;
        }
    }

    private byte[]? Pop()
    {
        if (!_spare.TryPop(out var spare)) return null;
        _spareBytes -= spare.Length;
        return spare;
    }

    private void Touch(string key)
    {
        _touched.Remove(key);
        _touched.Add(key);
    }

    private void Drop(string key)
    {
        _touched.Remove(key);
        if (_held.Remove(key, out var patches)) Bytes -= patches.Values.Sum(activations => (long)activations.Length);
    }
}
