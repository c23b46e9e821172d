namespace DistributedMatting.Workstation.Encoding;

/// <summary>
/// Keeps the activations of queries until they are matted: in memory, then in a scratch file, then not at all
/// (the patch is encoded again). Queries are matted in a known order, so the ones needed last leave first
/// (Belady); to throw out the least recently used would throw out exactly what is needed next.
/// </summary>
internal sealed class ActivationCache : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Tier<byte[]> _memory = new(0);
    private readonly Func<bool> _hasRoom;
    private readonly Tier<int> _scratch;
    private readonly Stack<int> _freeSlots = new();
    private readonly ScratchSlots _file;
    private int _slotsUsed;

    /// <param name="path">The scratch file; gone when the cache is disposed.</param>
    /// <param name="bytesEach">Size of one query's activations.</param>
    /// <param name="hasRoom">Whether one more may be held in memory.</param>
    /// <param name="scratchBytes">Most bytes in the file.</param>
    public ActivationCache(string path, int bytesEach, Func<bool> hasRoom, long scratchBytes)
    {
        _hasRoom = hasRoom;
        _scratch = new Tier<int>((int)Math.Min(int.MaxValue, scratchBytes / bytesEach));
        _file = new ScratchSlots(path, bytesEach);
    }

    /// <summary>Bytes that the scratch file has grown to.</summary>
    public long ScratchBytes => _file.Bytes;

    /// <summary>Offers the activations of the query that is matted as number <paramref name="order"/>.</summary>
    /// <returns>An array that the cache does not need, this one or another's; null where it keeps all.</returns>
    public byte[]? Put(int order, byte[] activations)
    {
        int slot;
        lock (_lock)
        {
            _memory.Capacity = _hasRoom() ? int.MaxValue : _memory.Count;
            if (!_memory.Displace(order, out var victim))
            {
                _memory.Add(order, activations);
                return null;
            }
            if (victim != order)
            {
                var later = _memory.Remove(victim)!;
                _memory.Add(order, activations);
                (order, activations) = (victim, later);
            }
            if (!TryFindSlot(order, out slot)) return activations;
        }

        if (!_file.TryWrite(slot, activations))
        {
            // The disk is full: what is there stays, nothing is added.
            lock (_lock) _scratch.Capacity = _scratch.Count;
            return activations;
        }
        lock (_lock) _scratch.Add(order, slot);
        return activations;
    }

    /// <summary>Takes a query's activations out of the cache.</summary>
    /// <param name="order">As given to <see cref="Put"/>.</param>
    /// <param name="buffer">Takes what comes from the file.</param>
    /// <param name="activations">An array of the cache's own, or <paramref name="buffer"/>.</param>
    /// <returns>False where they must be encoded again.</returns>
    public bool TryTake(int order, byte[] buffer, out ReadOnlyMemory<byte> activations)
    {
        int slot;
        lock (_lock)
        {
            if (_memory.TryRemove(order, out var array))
            {
                activations = array;
                return true;
            }
            if (!_scratch.TryRemove(order, out slot))
            {
                activations = default;
                return false;
            }
        }

        // The slot is in nobody's hands now, so nothing overwrites it while it is read.
        _file.Read(slot, buffer);
        lock (_lock) _freeSlots.Push(slot);
        activations = buffer;
        return true;
    }

    public void Dispose() => _file.Dispose();

    private bool TryFindSlot(int order, out int slot)
    {
        if (_freeSlots.TryPop(out slot)) return true;
        if (_slotsUsed < _scratch.Capacity)
        {
            slot = _slotsUsed++;
            return true;
        }
        if (!_scratch.Displace(order, out var victim) || victim == order) return false;
        slot = _scratch.Remove(victim);
        return true;
    }
}
