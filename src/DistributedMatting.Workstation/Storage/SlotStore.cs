using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Storage;

/// <summary>
/// Things of one size that survive <c>kill -9</c>: a file of slots and a <see cref="Journal"/> that says which
/// slots hold what. Safe for many threads at once; one slot is written by one thread at a time.
/// </summary>
internal sealed class SlotStore : IDisposable
{
    private const string Slots = ".slots";
    private const string Records = ".journal";

    /// <summary>The two files' endings after the store's path.</summary>
    public static readonly IReadOnlyList<string> Extensions = [Slots, Records];

    /// <summary>The two files of a store.</summary>
    public static IEnumerable<string> NamesOf(string store) => Extensions.Select(ending => store + ending);

    private readonly SafeFileHandle _file;
    private readonly Journal _journal;
    private readonly SlotShape _shape;
    private readonly bool[] _has;
    private readonly byte[] _notes;
    private int _count;

    private SlotStore(SafeFileHandle file, Journal journal, SlotShape shape, bool[] has, byte[] notes)
    {
        (_file, _journal, _shape, _has, _notes) = (file, journal, shape, has, notes);
        _count = has.Count(h => h);
    }

    /// <summary>Slots that hold something.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Slots that the journal named but whose data were not what had been written.</summary>
    public int Damaged { get; private init; }

    /// <summary>Bytes of both files, about.</summary>
    public long Bytes => (long)Count * (_shape.SlotBytes + _shape.NoteBytes + 12);

    /// <summary>Opens or makes a store; everything in it is checked, so that what <see cref="Has"/> says can be relied on.</summary>
    /// <param name="path">Path without the two files' endings.</param>
    /// <param name="key">The job's key, 32 bytes.</param>
    /// <param name="shape">Sizes; a store of another shape counts as another job's.</param>
    /// <param name="cancellation">Stops the checking.</param>
    public static SlotStore Open(string path, ReadOnlySpan<byte> key, SlotShape shape, CancellationToken cancellation)
    {
        var has = new bool[shape.Slots];
        var sums = new uint[shape.Slots];
        var notes = new byte[checked(shape.Slots * shape.NoteBytes)];
        var journal = Journal.Open(path + Records, key, shape, (slot, checksum, note) =>
        {
            (has[slot], sums[slot]) = (true, checksum);
            note.CopyTo(notes.AsSpan(slot * shape.NoteBytes));
        });
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path + Slots, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, FileOptions.RandomAccess);
            var damaged = 0;
            var data = new byte[has.Any(h => h) ? shape.SlotBytes : 0];
            for (var slot = 0; slot < has.Length; slot++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!has[slot]) continue;
                var whole = ReadFully(file, data, (long)slot * shape.SlotBytes) == data.Length;
                if (whole && Checksum.Of(data) == sums[slot]) continue;
                has[slot] = false;
                damaged++;
            }
            return new SlotStore(file, journal, shape, has, notes) { Damaged = damaged };
        }
        catch
        {
            file?.Dispose();
            journal.Dispose();
            throw;
        }
    }

    public bool Has(int slot) => Volatile.Read(ref _has[slot]);

    /// <summary>What was kept with a slot.</summary>
    public ReadOnlySpan<byte> Note(int slot) => _notes.AsSpan(slot * _shape.NoteBytes, _shape.NoteBytes);

    public void Write(int slot, ReadOnlySpan<byte> data, ReadOnlySpan<byte> note)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.Length, _shape.SlotBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(note.Length, _shape.NoteBytes);
        note.CopyTo(_notes.AsSpan(slot * _shape.NoteBytes));
        RandomAccess.Write(_file, data, (long)slot * _shape.SlotBytes);
        _journal.Append(slot, Checksum.Of(data), note);
        if (!Has(slot)) Interlocked.Increment(ref _count);
        Volatile.Write(ref _has[slot], true);
    }

    public void Read(int slot, Span<byte> data)
    {
        if (!Has(slot)) throw new InvalidOperationException($"Slot {slot} holds nothing yet.");
        if (ReadFully(_file, data[.._shape.SlotBytes], (long)slot * _shape.SlotBytes) != _shape.SlotBytes)
            throw new IOException("A file of the job folder became shorter while it was in use.");
    }

    public void Dispose()
    {
        _journal.Dispose();
        _file.Dispose();
    }

    private static int ReadFully(SafeFileHandle file, Span<byte> data, long offset)
    {
        var done = 0;
        while (done < data.Length)
        {
            var read = RandomAccess.Read(file, data[done..], offset + done);
            if (read == 0) break;
            done += read;
        }
        return done;
    }
}
