using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cluster.Farm;

/// <summary>
/// The shared folder with hot objects in front of it. What is stored goes to the folder first, so that an address which
/// any silo has heard of is good whatever the hot ones lose.
/// </summary>
internal sealed class HotFront(IObjectStore folder, IHotObjects hot) : IObjectStore
{
    public ObjectAddress Put(ReadOnlyMemory<byte> bytes)
    {
        var address = folder.Put(bytes);
        hot.Keep(address, bytes);
        return address;
    }

    public ReadOnlyMemory<byte>? Find(ObjectAddress address)
    {
        if (address == default) return null;
        if (hot.Find(address) is { } here) return here;
        var found = folder.Find(address);
        // They were pushed out, or Redis has begun anew: the next silo finds them.
        if (found is { } bytes) hot.Keep(address, bytes);
        return found;
    }
}
