using System.Buffers.Binary;

namespace DistributedMatting.Imaging;

/// <summary>
/// PNG of 8 or 16 bits, grey or RGB, not interlaced. Rows are filtered and compressed in chunks side by side;
/// the chunks are laid end to end as one zlib stream, an IDAT each, so the file does not depend on the number of threads.
/// </summary>
internal sealed class PngEncoder : IRowEncoder
{
    /// <summary>Filtered bytes of a chunk: large beside deflate's window of 32 kB, so that starting afresh costs nothing.</summary>
    private const int ChunkBytes = 512 << 10;

    private const int BandBytes = 4 << 20;

    private readonly Stream _file;
    private readonly RowFormat _format;
    private readonly int _threads;
    private readonly byte[] _above; // the last row of the band before, big-endian; zeros at first, as the filter wants
    private readonly int _chunkRows;
    private readonly Work[] _work; // a chunk of a band each, used again for every band
    private uint _adler = 1;
    private bool _begun;

    internal PngEncoder(Stream file, RowFormat format, int threads)
    {
        (_file, _format, _threads) = (file, format, threads);
        _above = new byte[format.RowBytes];
        BandRows = Math.Clamp(BandBytes / format.RowBytes, 1, format.Size.Height);
        _chunkRows = Math.Max(1, ChunkBytes / (format.RowBytes + 1));
        _work = [.. Enumerable.Range(0, (BandRows + _chunkRows - 1) / _chunkRows).Select(_ => new Work(new byte[_chunkRows * (format.RowBytes + 1)], new MemoryStream()))];
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, format.Size.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), format.Size.Height);
        (header[8], header[9]) = ((byte)format.Bits, (byte)(format.Bands == 1 ? 0 : 2));
        Chunk("IHDR"u8, header);
        if (format.Icc is { } icc)
            Chunk("iCCP"u8, [.. "icc\0\0"u8, .. Deflate.Whole(icc.Span, new MemoryStream())]);
    }

    public int BandRows { get; }

    public void WriteBand(byte[] rows, int count)
    {
        var row = _format.RowBytes;
        if (_format.Bits == 16)
            SwapBytes(rows.AsSpan(0, count * row));

        var parts = new (ArraySegment<byte> Blocks, uint Adler, long Length)[(count + _chunkRows - 1) / _chunkRows];
        Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            var filtered = Filter(rows, i * _chunkRows, Math.Min(count, (i + 1) * _chunkRows), _work[i].Filtered);
            var (blocks, adler) = Deflate.Part(filtered, _work[i].Compressed);
            parts[i] = (blocks, adler, filtered.Length);
        });

        foreach (var (blocks, adler, length) in parts)
        {
            Chunk("IDAT"u8, _begun ? blocks : [0x78, 0x01, .. blocks]);
            _adler = Deflate.Combine(_adler, adler, length);
            _begun = true;
        }

        rows.AsSpan((count - 1) * row, row).CopyTo(_above);
    }

    public void Finish()
    {
        byte[] end = [0x03, 0x00, 0, 0, 0, 0]; // an empty final block, then the checksum
        BinaryPrimitives.WriteUInt32BigEndian(end.AsSpan(2), _adler);
        Chunk("IDAT"u8, end);
        Chunk("IEND"u8, []);
    }

    private static void SwapBytes(Span<byte> samples)
    {
        var words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(samples);
        BinaryPrimitives.ReverseEndianness(words, words);
    }

    /// <summary>Filter type 2, Up, for every row: the difference to the row above.</summary>
    private Span<byte> Filter(byte[] rows, int first, int end, byte[] into)
    {
        var row = _format.RowBytes;
        var filtered = into.AsSpan(0, (end - first) * (row + 1));
        for (var y = first; y < end; y++)
        {
            var above = y == 0 ? _above : rows.AsSpan((y - 1) * row, row);
            var here = rows.AsSpan(y * row, row);
            var to = filtered.Slice((y - first) * (row + 1), row + 1);
            to[0] = 2;
            to = to[1..];
            for (var i = 0; i < here.Length; i++)
                to[i] = (byte)(here[i] - above[i]);
        }

        return filtered;
    }

    private void Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        _file.Write(word);
        _file.Write(name);
        _file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Of(name, data));
        _file.Write(word);
    }

    private sealed record Work(byte[] Filtered, MemoryStream Compressed);
}
