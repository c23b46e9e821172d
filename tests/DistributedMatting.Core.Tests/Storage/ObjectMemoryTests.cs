using DistributedMatting.Core.Storage;

namespace DistributedMatting.Core.Tests.Storage;

public class ObjectMemoryTests
{
    [Fact]
    public void Budget_IsKept_AndThoseNotAskedForLongestLeave()
    {
        var memory = new ObjectMemory(100);
        var addresses = Enumerable.Range(0, 5).Select(i => Keep(memory, (byte)i, 25)).ToArray();

        Assert.Equal(100, memory.Bytes);
        Assert.Null(memory.Find(addresses[0]));
        Assert.NotNull(memory.Find(addresses[1]));
        Keep(memory, 9, 25);
        Assert.NotNull(memory.Find(addresses[1]));
        Assert.Null(memory.Find(addresses[2]));
    }

    [Fact]
    public void ObjectAboveTheBudget_IsNotKept_AndThrowsNothingElseOut()
    {
        var memory = new ObjectMemory(100);
        var small = Keep(memory, 1, 60);
        var large = Keep(memory, 2, 101);

        Assert.NotNull(memory.Find(small));
        Assert.Null(memory.Find(large));
    }

    [Fact]
    public void Front_HandsOutTheVeryArrayThatItStored_WithoutAskingBehind()
    {
        var behind = new CountingStore();
        var front = new MemoryFront(behind, new ObjectMemory(1000));
        ReadOnlyMemory<byte> stored = new byte[] { 1, 2, 3 };
        var address = front.Put(stored);

        Assert.Equal(stored, front.Find(address)!.Value);
        Assert.Equal(0, behind.Reads);
        Assert.Null(front.Find(ObjectAddress.Of([7])));
        Assert.Equal(1, behind.Reads);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../../../../../../../../../../../../../../../../../../etc")]
    [InlineData("ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB")]
    public void OnlyAHash_IsAnAddress(string text) => Assert.False(ObjectAddress.TryParse(text, out _));

    private static ObjectAddress Keep(ObjectMemory memory, byte value, int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        var address = ObjectAddress.Of(bytes);
        memory.Keep(address, bytes);
        return address;
    }

    private sealed class CountingStore : IObjectStore
    {
        public int Reads { get; private set; }

        public ObjectAddress Put(ReadOnlyMemory<byte> bytes) => ObjectAddress.Of(bytes.Span);

        public ReadOnlyMemory<byte>? Find(ObjectAddress address)
        {
            Reads++;
            return null;
        }
    }
}
