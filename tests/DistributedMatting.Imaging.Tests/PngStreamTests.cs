using System.Buffers.Binary;
using System.IO.Compression;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Tests.Making;

namespace DistributedMatting.Imaging.Tests;

/// <summary>Our PNG by the letter: decoders forgive wrong checksums, other people's validators do not.</summary>
public sealed class PngStreamTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1), InlineData(640, 480), InlineData(3000, 2000)]
    public void ChunksAndChecksums_Right(int width, int height)
    {
        var random = new Random(8);
        using (var file = RgbFile.Create(_folder.At("p.png"), new PixelSize(width, height), 16, threads: 3))
        {
            var row = new ushort[width * 3];
            for (var y = 0; y < height; y++)
            {
                for (var i = 0; i < row.Length; i++)
                    row[i] = (ushort)random.Next(256);
                file.WriteRows(row);
            }

            file.Complete();
        }

        using var data = new MemoryStream();
        var rest = File.ReadAllBytes(_folder.At("p.png")).AsSpan(8);
        var name = "";
        while (rest.Length > 0)
        {
            var body = rest[4..(8 + BinaryPrimitives.ReadInt32BigEndian(rest))];
            name = System.Text.Encoding.ASCII.GetString(body[..4]);
            Assert.Equal(PngMaker.Crc(body), BinaryPrimitives.ReadUInt32BigEndian(rest[(4 + body.Length)..]));
            if (name == "IDAT")
                data.Write(body[4..]);
            rest = rest[(8 + body.Length)..];
        }

        Assert.Equal("IEND", name);
        using var raw = new MemoryStream();
        data.Position = 0;
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress, leaveOpen: true))
            zlib.CopyTo(raw);
        Assert.Equal(height * ((width * 6L) + 1), raw.Length);
        Assert.Equal(Adler(raw.ToArray()), BinaryPrimitives.ReadUInt32BigEndian(data.ToArray().AsSpan((int)data.Length - 4)));
    }

    private static uint Adler(byte[] bytes)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return (b << 16) | a;
    }
}
