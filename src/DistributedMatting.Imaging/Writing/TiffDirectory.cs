using System.Buffers.Binary;

namespace DistributedMatting.Imaging;

/// <summary>Field types of TIFF 6.0 and BigTIFF that we write.</summary>
internal enum TiffType
{
    Short = 3,
    Long = 4,
    Rational = 5,
    Undefined = 7,
    Long8 = 16,
}

/// <summary>The header and the one directory of a little-endian TIFF or BigTIFF. Tags are added in rising order.</summary>
internal sealed class TiffDirectory(bool big)
{
    private readonly List<(int Tag, TiffType Type, long Count, byte[] Data)> _fields = [];

    internal bool Big => big;

    private int WordBytes => big ? 8 : 4;

    internal void Add(int tag, TiffType type, params long[] values)
    {
        var bytes = type switch { TiffType.Short => 2, TiffType.Long8 => 8, _ => 4 };
        var data = new byte[values.Length * bytes];
        for (var i = 0; i < values.Length; i++)
            Put(data.AsSpan(i * bytes), values[i], bytes);
        _fields.Add((tag, type, type == TiffType.Rational ? values.Length / 2 : values.Length, data));
    }

    internal void Add(int tag, ReadOnlySpan<byte> data) => _fields.Add((tag, TiffType.Undefined, data.Length, data.ToArray()));

    /// <summary>The header, with the directory's place still open.</summary>
    internal void WriteHeader(Stream file) =>
        file.Write(big ? [(byte)'I', (byte)'I', 43, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] : [(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0]);

    /// <summary>Writes the directory at the end and its place into the header.</summary>
    internal void WriteTo(Stream file)
    {
        using var entries = new MemoryStream();
        Put(entries, _fields.Count, big ? 8 : 2);
        foreach (var (tag, type, count, data) in _fields)
        {
            Put(entries, tag, 2);
            Put(entries, (int)type, 2);
            Put(entries, count, WordBytes);
            if (data.Length <= WordBytes)
            {
                entries.Write(data);
                entries.Write(new byte[WordBytes - data.Length]);
                continue;
            }

            Put(entries, file.Position, WordBytes);
            file.Write(data);
            if ((data.Length & 1) != 0)
                file.WriteByte(0);
        }

        Put(entries, 0, WordBytes); // no further directory
        var place = file.Position;
        file.Write(entries.GetBuffer().AsSpan(0, (int)entries.Length));
        file.Position = big ? 8 : 4;
        Put(file, place, WordBytes);
        file.Position = file.Length;
    }

    private static void Put(Stream to, long value, int bytes)
    {
        Span<byte> word = stackalloc byte[8];
        Put(word, value, bytes);
        to.Write(word[..bytes]);
    }

    private static void Put(Span<byte> to, long value, int bytes)
    {
        switch (bytes)
        {
            case 2: BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)value); break;
            case 4: BinaryPrimitives.WriteUInt32LittleEndian(to, checked((uint)value)); break;
            default: BinaryPrimitives.WriteInt64LittleEndian(to, value); break;
        }
    }
}
