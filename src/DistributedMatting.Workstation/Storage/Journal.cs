using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Storage;

/// <summary>
/// An append-only file of fixed-size records: slot, checksum of the slot's data, a note, checksum of the record.
/// A record that was cut short, or whose checksum is wrong, was never written.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const ulong Magic = 0x314c4e4a_54414d44; // "DMATJNL1"
    private const int KeyBytes = 32;
    private const int HeaderBytes = 8 + KeyBytes + 4 * 4;

    private readonly Lock _lock = new();
    private readonly SafeFileHandle _file;
    private readonly int _recordBytes;
    private readonly byte[] _record;
    private long _end;

    private Journal(SafeFileHandle file, int noteBytes, long end)
    {
        _file = file;
        _recordBytes = 4 + 4 + noteBytes + 4;
        _record = new byte[_recordBytes];
        _end = end;
    }

    public delegate void Replay(int slot, uint checksum, ReadOnlySpan<byte> note);

    /// <summary>Opens the journal of a key and replays its records in order; one of another key or shape is emptied.</summary>
    public static Journal Open(string path, ReadOnlySpan<byte> key, SlotShape shape, Replay replay)
    {
        var header = Header(key, shape);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var found = new byte[HeaderBytes];
            var ours = RandomAccess.Read(file, found, 0) == HeaderBytes && found.AsSpan().SequenceEqual(header);
            if (!ours)
            {
                RandomAccess.SetLength(file, 0);
                RandomAccess.Write(file, header, 0);
            }
            var journal = new Journal(file, shape.NoteBytes, HeaderBytes);
            if (ours) journal.ReplayAll(shape.Slots, replay);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(int slot, uint checksum, ReadOnlySpan<byte> note)
    {
        lock (_lock)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_record, slot);
            BinaryPrimitives.WriteUInt32LittleEndian(_record.AsSpan(4), checksum);
            note.CopyTo(_record.AsSpan(8));
            BinaryPrimitives.WriteUInt32LittleEndian(_record.AsSpan(_recordBytes - 4), Checksum.Of(_record.AsSpan(0, _recordBytes - 4)));
            RandomAccess.Write(_file, _record, _end);
            _end += _recordBytes;
        }
    }

    public void Dispose() => _file.Dispose();

    private void ReplayAll(int slots, Replay replay)
    {
        for (; RandomAccess.Read(_file, _record, _end) == _recordBytes; _end += _recordBytes)
        {
            var body = _record.AsSpan(0, _recordBytes - 4);
            if (BinaryPrimitives.ReadUInt32LittleEndian(_record.AsSpan(_recordBytes - 4)) != Checksum.Of(body)) continue;
            var slot = BinaryPrimitives.ReadInt32LittleEndian(body);
            if ((uint)slot < (uint)slots) replay(slot, BinaryPrimitives.ReadUInt32LittleEndian(body[4..]), body[8..]);
        }
    }

    private static byte[] Header(ReadOnlySpan<byte> key, SlotShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes);
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        key.CopyTo(header.AsSpan(8));
        var numbers = header.AsSpan(8 + KeyBytes);
        BinaryPrimitives.WriteInt32LittleEndian(numbers, shape.Slots);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[4..], shape.SlotBytes);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[8..], shape.NoteBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(numbers[12..], Checksum.Of(header.AsSpan(0, HeaderBytes - 4)));
        return header;
    }
}
