using System.Buffers.Binary;
using System.IO.Compression;

namespace DistributedMatting.Imaging.Tests.Making;

/// <summary>PNG files byte by byte, after the PNG specification; shares no code with what is tested.</summary>
internal static class PngMaker
{
    internal static byte[] Make(Raster raster, int bitDepth = 8, byte[]? icc = null, byte[]? palette = null, bool interlaced = false)
    {
        var colour = palette != null ? 3 : raster.Bands switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 };
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(file, "IHDR", Header(raster.Width, raster.Height, bitDepth, colour, interlaced));
        if (icc != null)
            Chunk(file, "iCCP", [.. "test\0\0"u8, .. Zlib(icc)]);
        if (palette != null)
            Chunk(file, "PLTE", palette);
        Chunk(file, "IDAT", Zlib(interlaced ? Adam7(raster, bitDepth) : Rows(raster, bitDepth, 0, 0, 1, 1)));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    internal static byte[] Header(int width, int height, int bitDepth, int colour, bool interlaced = false)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bitDepth, (byte)colour, (byte)(interlaced ? 1 : 0));
        return header;
    }

    internal static void Chunk(Stream to, string name, byte[] data)
    {
        Span<byte> word = stackalloc byte[4];
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(name), .. data];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        to.Write(word);
        to.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc(body));
        to.Write(word);
    }

    private static byte[] Adam7(Raster raster, int bitDepth)
    {
        (int X, int Y, int Dx, int Dy)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        return [.. passes.Where(p => p.X < raster.Width && p.Y < raster.Height).SelectMany(p => Rows(raster, bitDepth, p.X, p.Y, p.Dx, p.Dy))];
    }

    private static byte[] Rows(Raster raster, int bitDepth, int firstX, int firstY, int stepX, int stepY)
    {
        var bytes = new List<byte>();
        for (var y = firstY; y < raster.Height; y += stepY)
        {
            bytes.Add(0);
            int bits = 0, held = 0;
            for (var x = firstX; x < raster.Width; x += stepX)
                for (var band = 0; band < raster.Bands; band++)
                {
                    var sample = (int)raster.At(x, y, band);
                    if (bitDepth == 16)
                        bytes.Add((byte)(sample >> 8));
                    held = (held << Math.Min(bitDepth, 8)) | (sample & 0xff);
                    bits += Math.Min(bitDepth, 8);
                    if (bits < 8)
                        continue;
                    bytes.Add((byte)held);
                    (bits, held) = (0, 0);
                }

            if (bits > 0)
                bytes.Add((byte)(held << (8 - bits)));
        }

        return [.. bytes];
    }

    private static byte[] Zlib(byte[] data)
    {
        using var to = new MemoryStream();
        using (var zlib = new ZLibStream(to, CompressionLevel.Fastest))
            zlib.Write(data);
        return to.ToArray();
    }

    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320u : crc >> 1;
        }

        return ~crc;
    }
}
