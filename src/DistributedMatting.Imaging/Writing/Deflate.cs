using System.Buffers.Binary;
using System.IO.Compression;

namespace DistributedMatting.Imaging;

/// <summary>
/// Deflate as TIFF tiles and PNG need it, one call a block, so that blocks can be compressed side by side.
/// Level 2 for both: see <c>Writing/README.md</c> for what it was measured against.
/// </summary>
internal static class Deflate
{
    private static readonly ZLibCompressionOptions Options = new() { CompressionLevel = 2 };

    /// <summary>A whole zlib stream, in place of what <paramref name="to"/> held.</summary>
    internal static ArraySegment<byte> Whole(ReadOnlySpan<byte> data, MemoryStream to)
    {
        to.SetLength(0);
        using (var zlib = new ZLibStream(to, Options, leaveOpen: true))
            zlib.Write(data);
        return new ArraySegment<byte>(to.GetBuffer(), 0, (int)to.Length);
    }

    /// <summary>
    /// Deflate blocks that end on a byte, without a final one, so that parts can be laid end to end;
    /// and the Adler-32 of the data, which zlib has computed on the way.
    /// </summary>
    internal static (ArraySegment<byte> Blocks, uint Adler) Part(ReadOnlySpan<byte> data, MemoryStream to)
    {
        const int header = 2;
        to.SetLength(0);
        int end;
        using (var zlib = new ZLibStream(to, Options, leaveOpen: true))
        {
            zlib.Write(data);
            zlib.Flush();
            end = (int)to.Length;
        }

        var adler = BinaryPrimitives.ReadUInt32BigEndian(to.GetBuffer().AsSpan((int)to.Length - 4));
        return (new ArraySegment<byte>(to.GetBuffer(), header, end - header), adler);
    }

    /// <summary>The Adler-32 of two parts laid end to end (RFC 1950), from theirs and the second's length.</summary>
    internal static uint Combine(uint first, uint second, long secondLength)
    {
        const long modulus = 65521;
        var (a1, b1) = (first & 0xffff, first >> 16);
        var (a2, b2) = (second & 0xffff, second >> 16);
        var a = (a1 + a2 + modulus - 1) % modulus;
        var b = (b1 + b2 + (secondLength % modulus * (a1 + modulus - 1))) % modulus;
        return (uint)((b << 16) | a);
    }
}
