using DistributedMatting.Workstation.Encoding;

namespace DistributedMatting.Workstation.Tests;

public sealed class ActivationCacheTests : IDisposable
{
    private const int Bytes = 16;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"matting-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    [InlineData(100, 100)]
    public void KeepsWhatIsNeededSoonest_WhateverTheOrderOfArrival(int inMemory, int onDisk)
    {
        const int queries = 20;
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var order = Enumerable.Range(0, queries).ToArray();
            new Random(seed).Shuffle(order);
            var room = inMemory;
            using var cache = new ActivationCache(_path, Bytes, () => room-- > 0, onDisk * Bytes);
            // What it says it does not need is written over.
            foreach (var query in order) cache.Put(query, Of(query)).AsSpan().Fill(0xff);

            var buffer = new byte[Bytes];
            for (var query = 0; query < queries; query++)
            {
                var found = cache.TryTake(query, buffer, out var activations);
                Assert.Equal(query < inMemory + onDisk, found);
                if (found) Assert.Equal(Of(query), activations.ToArray());
            }
        }
        Assert.False(File.Exists(_path), "The scratch file outlived its cache.");
    }

    [Fact]
    public void TakenOnce_IsGone()
    {
        using var cache = new ActivationCache(_path, Bytes, () => true, 0);
        cache.Put(0, Of(0));
        Assert.True(cache.TryTake(0, new byte[Bytes], out _));
        Assert.False(cache.TryTake(0, new byte[Bytes], out _));
    }

    [Fact]
    public void DiskRefuses_PatchesAreEncodedAgain()
    {
        // A file system that takes no byte.
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        File.CreateSymbolicLink(_path, "/dev/full");
        using var cache = new ActivationCache(_path, Bytes, () => false, 100 * Bytes);
        cache.Put(0, Of(0));
        cache.Put(1, Of(1));
        Assert.False(cache.TryTake(0, new byte[Bytes], out _));
    }

    private static byte[] Of(int query) => [.. Enumerable.Repeat((byte)(query + 1), Bytes)];
}
