namespace DistributedMatting.Core.Storage;

/// <summary>A store with this process's memory in front of it.</summary>
public sealed class MemoryFront : IObjectStore
{
    private readonly IObjectStore _behind;
    private readonly ObjectMemory _memory;

    /// <param name="behind">The store that keeps everything.</param>
    /// <param name="memory">May serve other stores too.</param>
    public MemoryFront(IObjectStore behind, ObjectMemory memory)
    {
        ArgumentNullException.ThrowIfNull(behind);
        ArgumentNullException.ThrowIfNull(memory);
        (_behind, _memory) = (behind, memory);
    }

    /// <inheritdoc/>
    public ObjectAddress Put(ReadOnlyMemory<byte> bytes)
    {
        var address = _behind.Put(bytes);
        _memory.Keep(address, bytes);
        return address;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Find(ObjectAddress address)
    {
        if (_memory.Find(address) is { } here) return here;
        var found = _behind.Find(address);
        if (found is { } bytes) _memory.Keep(address, bytes);
        return found;
    }
}
