namespace DistributedMatting.Core.Storage;

/// <summary>
/// What a process has stored or read last, up to a budget: what it has made itself it reads back without touching the
/// disk. One for all stores of a process. Safe for many threads.
/// </summary>
public sealed class ObjectMemory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectAddress, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _latestFirst = new();
    private readonly long _budget;

    /// <param name="budget">Most bytes to hold, 0 or more.</param>
    public ObjectMemory(long budget)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budget);
        _budget = budget;
    }

    /// <summary>Bytes held now.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reads that were answered from here.</summary>
    public long Hits { get; private set; }

    /// <summary>Reads that were not.</summary>
    public long Misses { get; private set; }

    /// <summary>The bytes at an address, if they are here.</summary>
    public ReadOnlyMemory<byte>? Find(ObjectAddress address)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(address, out var node))
            {
                Misses++;
                return null;
            }
            _latestFirst.Remove(node);
            _latestFirst.AddFirst(node);
            Hits++;
            return node.Value.Bytes;
        }
    }

    /// <summary>Keeps bytes that nobody will write to any more; those not asked for longest leave.</summary>
    public void Keep(ObjectAddress address, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > _budget) return;
        lock (_lock)
        {
            if (_entries.ContainsKey(address)) return;
            _entries.Add(address, _latestFirst.AddFirst(new Entry(address, bytes)));
            Bytes += bytes.Length;
            while (Bytes > _budget)
            {
                var oldest = _latestFirst.Last!.Value;
                _latestFirst.RemoveLast();
                _entries.Remove(oldest.Address);
                Bytes -= oldest.Bytes.Length;
            }
        }
    }

    private readonly record struct Entry(ObjectAddress Address, ReadOnlyMemory<byte> Bytes);
}
