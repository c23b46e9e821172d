using System.Buffers.Binary;
using System.IO.Compression;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Tests;

/// <summary>Just enough of PNG for the pictures we measure with: 8 bits, grey, RGB or RGBA, not interlaced.</summary>
internal static class Png
{
    /// <summary>Size, channels and interleaved samples.</summary>
    public static (PixelSize Size, int Channels, byte[] Samples) Read(string path)
    {
        var file = File.ReadAllBytes(path);
        using var packed = new MemoryStream();
        PixelSize size = default;
        var channels = 0;
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var data = file.AsSpan(at + 8, length);
            if (file.AsSpan(at + 4, 4).SequenceEqual("IHDR"u8))
            {
                size = new PixelSize(BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                channels = (data[8], data[9], data[12]) switch
                {
                    (8, 0, 0) => 1,
                    (8, 2, 0) => 3,
                    (8, 6, 0) => 4,
                    _ => throw new NotSupportedException($"{path}: not 8 bits of grey, RGB or RGBA"),
                };
            }
            else if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(data);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        return (size, channels, Unfilter(rows, size, channels));
    }

    static byte[] Unfilter(Stream rows, PixelSize size, int channels)
    {
        var stride = size.Width * channels;
        var samples = new byte[stride * size.Height];
        for (var y = 0; y < size.Height; y++)
        {
            var filter = rows.ReadByte();
            var row = samples.AsSpan(y * stride, stride);
            rows.ReadExactly(row);
            for (var x = 0; x < stride; x++)
            {
                int left = x < channels ? 0 : row[x - channels];
                int above = y == 0 ? 0 : samples[(y - 1) * stride + x];
                int corner = x < channels || y == 0 ? 0 : samples[(y - 1) * stride + x - channels];
                row[x] += (byte)(filter switch { 1 => left, 2 => above, 3 => (left + above) / 2, 4 => Paeth(left, above, corner), _ => 0 });
            }
        }

        return samples;
    }

    static int Paeth(int a, int b, int c)
    {
        var (pa, pb, pc) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - 2 * c));
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
}
