using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cluster.Farm;

/// <summary>
/// Small objects where all silos reach them faster than in the shared folder. It may lose any of them at any time, and
/// be away for as long as it likes: neither call throws or waits for it. Safe for many threads.
/// </summary>
public interface IHotObjects
{
    /// <summary>The bytes at an address, checked against it; null where the folder must be asked.</summary>
    ReadOnlyMemory<byte>? Find(ObjectAddress address);

    /// <summary>Keeps bytes that are in the folder, if they are small enough. The buffer is the caller's again when it returns.</summary>
    void Keep(ObjectAddress address, ReadOnlyMemory<byte> bytes);
}
