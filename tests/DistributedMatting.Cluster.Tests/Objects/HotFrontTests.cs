using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cluster.Tests.Objects;

public class HotFrontTests
{
    private readonly Shelf _folder = new();
    private readonly Shelf _hot = new();
    private readonly HotFront _front;

    public HotFrontTests() => _front = new HotFront(_folder, _hot);

    [Fact]
    public void WhatTheFolderRefuses_IsNotHot()
    {
        _folder.IsFull = true;
        Assert.Throws<IOException>(() => _front.Put(new byte[] { 1 }));
        Assert.Empty(_hot.Held);
    }

    [Fact]
    public void WhatIsHot_IsNotAskedOfTheFolder_AndWhatIsNot_BecomesIt()
    {
        var address = _front.Put(new byte[] { 1, 2 });
        _folder.Held.Clear();
        Assert.Equal([1, 2], _front.Find(address)!.Value.ToArray());

        _folder.Put(new byte[] { 1, 2 });
        _hot.Held.Clear();
        Assert.Equal([1, 2], _front.Find(address)!.Value.ToArray());
        Assert.True(_hot.Held.ContainsKey(address));
    }

    [Fact]
    public void WhatIsNowhere_IsNotFound()
    {
        Assert.Null(_front.Find(ObjectAddress.Of([1])));
        Assert.Null(_front.Find(default));
        Assert.Empty(_hot.Held);
    }

    private sealed class Shelf : IObjectStore, IHotObjects
    {
        public Dictionary<ObjectAddress, byte[]> Held { get; } = [];

        public bool IsFull { get; set; }

        public ObjectAddress Put(ReadOnlyMemory<byte> bytes)
        {
            if (IsFull) throw new IOException("full");
            var address = ObjectAddress.Of(bytes.Span);
            Keep(address, bytes);
            return address;
        }

        public ReadOnlyMemory<byte>? Find(ObjectAddress address) => Held.TryGetValue(address, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null;

        public void Keep(ObjectAddress address, ReadOnlyMemory<byte> bytes) => Held[address] = bytes.ToArray();
    }
}
