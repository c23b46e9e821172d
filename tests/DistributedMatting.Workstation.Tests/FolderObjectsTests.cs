using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Objects;

namespace DistributedMatting.Workstation.Tests;

public sealed class FolderObjectsTests : IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"matting-{Guid.NewGuid():N}");

    private FolderObjectStore Store => new(Path.Combine(_folder, "objects"));

    private FolderPatchLedger Ledger => new(Path.Combine(_folder, "ledger"));

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void WhatIsStored_IsReadBack_ByAnotherProcessToo()
    {
        var address = Store.Put(new byte[] { 1, 2, 3 });

        Assert.Equal(address, Store.Put(new byte[] { 1, 2, 3 }));
        Assert.Equal([1, 2, 3], Store.Find(address)!.Value.ToArray());
        Assert.Null(Store.Find(ObjectAddress.Of([4])));
        Assert.Null(Store.Find(default));
        Assert.Equal([], Store.Find(Store.Put(ReadOnlyMemory<byte>.Empty))!.Value.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void DamagedObject_IsNotThere_AndCanBeStoredAgain(int length)
    {
        var address = Store.Put(new byte[] { 1, 2, 3 });
        var path = Assert.Single(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
        File.WriteAllBytes(path, [.. Enumerable.Repeat((byte)9, length)]);

        Assert.Null(Store.Find(address));
        Assert.Equal(address, Store.Put(new byte[] { 1, 2, 3 }));
        Assert.NotNull(Store.Find(address));
    }

    [Fact]
    public async Task OfManyAtOnce_OneIsFirst_AndAllReadTheSame()
    {
        var identity = new PatchIdentity(Key, "matte", 7);
        using var start = new Barrier(8);
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Ledger.TryCommit(identity, [ObjectAddress.Of([(byte)i])]);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        var first = Array.IndexOf(results, true);
        Assert.Single(results, won => won);
        Assert.Equal([ObjectAddress.Of([(byte)first])], Ledger.Find(identity)!);
        Assert.Single(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Committed_AreThePatches_InOrder_WithoutWhatIsHalfWritten()
    {
        foreach (var patch in new[] { 10, 2, 33 }) Ledger.TryCommit(new PatchIdentity(Key, "matte", patch), [ObjectAddress.Of([1]), ObjectAddress.Of([2])]);
        File.WriteAllText(Path.Combine(_folder, "ledger", Key, "matte", "5.abc.new"), "");

        Assert.Equal([2, 10, 33], Ledger.Committed(Key, "matte"));
        Assert.Empty(Ledger.Committed(Key, "encode"));
        Ledger.Forget(new PatchIdentity(Key, "matte", 10));
        Assert.Equal([2, 33], Ledger.Committed(Key, "matte"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc\n")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void DamagedEntry_IsForgotten_SoThatTheWorkIsDoneAgain(string content)
    {
        var identity = new PatchIdentity(Key, "matte", 1);
        Ledger.TryCommit(identity, [ObjectAddress.Of([1])]);
        File.WriteAllText(Path.Combine(_folder, "ledger", Key, "matte", "1"), content);

        Assert.Null(Ledger.Find(identity));
        Assert.True(Ledger.TryCommit(identity, [ObjectAddress.Of([1])]));
    }

    [Theory]
    [InlineData("../../etc", "matte")]
    [InlineData(Key, "../matte")]
    [InlineData(Key, "")]
    public void NamesThatAreNone_AreRefused(string key, string stage) =>
        Assert.Throws<ArgumentException>(() => Ledger.Find(new PatchIdentity(key, stage, 0)));
}
