namespace DistributedMatting.Workstation.Encoding;

/// <summary>A bounded set of things by the order in which they will be needed; knows which is needed last.</summary>
internal sealed class Tier<T>(int capacity)
{
    private readonly Dictionary<int, T> _things = [];

    // Those taken out meanwhile are skipped when they surface.
    private readonly PriorityQueue<int, int> _latest = new();

    public int Capacity { get; set; } = capacity;

    public int Count => _things.Count;

    /// <summary>
    /// Whether something must go before <paramref name="order"/> can come in, and what:
    /// whichever of all is needed last, which may be <paramref name="order"/> itself.
    /// </summary>
    public bool Displace(int order, out int victim)
    {
        victim = order;
        if (_things.Count < Capacity) return false;
        while (_latest.TryPeek(out var latest, out _) && !_things.ContainsKey(latest)) _latest.Dequeue();
        if (_latest.TryPeek(out var last, out _) && last > order) victim = last;
        return true;
    }

    public void Add(int order, T thing)
    {
        _things.Add(order, thing);
        _latest.Enqueue(order, -order);
    }

    public T Remove(int order) => TryRemove(order, out var thing) ? thing : throw new KeyNotFoundException();

    public bool TryRemove(int order, out T thing) => _things.Remove(order, out thing!);
}
