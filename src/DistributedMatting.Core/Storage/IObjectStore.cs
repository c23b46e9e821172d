namespace DistributedMatting.Core.Storage;

/// <summary>
/// Bytes by their own hash: patch alphas, context tokens, rankings. What is stored is never changed, so whoever has an
/// address has the same bytes as everyone else, and storing twice is storing once. Safe for many threads and processes.
/// </summary>
public interface IObjectStore
{
    /// <summary>Stores bytes, at most <see cref="MaxBytes"/>. Nobody may write to them any more: the store may hold and hand out this very array.</summary>
    /// <exception cref="InvalidInputException">There is no room or no right to write.</exception>
    ObjectAddress Put(ReadOnlyMemory<byte> bytes);

    /// <summary>
    /// The bytes at an address, checked against it; null where there are none, or damaged ones: then they are to be
    /// computed again. Not to be written to: others may hold the same array.
    /// </summary>
    ReadOnlyMemory<byte>? Find(ObjectAddress address);

    /// <summary>The largest object, in bytes.</summary>
    public const int MaxBytes = 256 << 20;
}
