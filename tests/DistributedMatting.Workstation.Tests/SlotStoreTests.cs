using DistributedMatting.Workstation.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Workstation.Tests;

public sealed class SlotStoreTests : IDisposable
{
    private static readonly SlotShape Shape = new(Slots: 6, SlotBytes: 50, NoteBytes: 3);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"matting-{Guid.NewGuid():N}");

    public void Dispose()
    {
        foreach (var ending in SlotStore.Extensions) File.Delete(_path + ending);
    }

    [Fact]
    public void Reopened_HoldsWhatWasWritten_LastWriteWins()
    {
        using (var store = Open(1))
        {
            store.Write(2, Data(7), [1, 2, 3]);
            store.Write(4, Data(8), [4, 5, 6]);
            store.Write(2, Data(9), [7, 8, 9]);
            Assert.Equal(2, store.Count);
        }
        using var again = Open(1);
        Assert.Equal((2, 0), (again.Count, again.Damaged));
        Assert.Equal(Data(9), Read(again, 2));
        Assert.Equal([7, 8, 9], again.Note(2).ToArray());
        Assert.False(again.Has(0));
    }

    [Fact]
    public void AnotherKeyOrShape_IsEmpty()
    {
        using (var store = Open(1)) store.Write(0, Data(1), [0, 0, 0]);
        using (var other = Open(2)) Assert.Equal(0, other.Count);
        using (var back = Open(1)) Assert.Equal(0, back.Count);
    }

    /// <summary>Whatever bytes are overwritten or cut off, what is still claimed is what had been written.</summary>
    [Fact]
    public void AnyDamage_NeverGivesWrongData()
    {
        var damage = from slots in Gen.Elements(true, false)
                     from offset in Gen.Choose(0, 400)
                     from cut in Gen.Elements(true, false)
                     from value in Gen.Choose(0, 255)
                     select (slots, offset, cut, (byte)value);
        Prop.ForAll(damage.ArrayOf().ToArbitrary(), Survives).QuickCheckThrowOnFailure();
    }

    private bool Survives((bool Slots, int Offset, bool Cut, byte Value)[] damages)
    {
        Dispose();
        using (var store = Open(1))
            for (var slot = 0; slot < Shape.Slots; slot++) store.Write(slot, Data(slot), [(byte)slot, 0, 0]);
        foreach (var (slots, offset, cut, value) in damages)
        {
            using var file = File.Open(_path + SlotStore.Extensions[slots ? 0 : 1], FileMode.Open);
            if (cut && offset < file.Length) file.SetLength(offset);
            else if (offset < file.Length)
            {
                file.Position = offset;
                file.WriteByte(value);
            }
        }
        using var opened = Open(1);
        return Enumerable.Range(0, Shape.Slots).Where(opened.Has)
            .All(slot => Read(opened, slot).SequenceEqual(Data(slot)) && opened.Note(slot)[0] == slot);
    }

    private SlotStore Open(byte key) =>
        SlotStore.Open(_path, Enumerable.Repeat(key, 32).ToArray(), Shape, CancellationToken.None);

    private static byte[] Data(int value) => [.. Enumerable.Range(0, Shape.SlotBytes).Select(i => (byte)(i * 3 + value))];

    private static byte[] Read(SlotStore store, int slot)
    {
        var data = new byte[Shape.SlotBytes];
        store.Read(slot, data);
        return data;
    }
}
