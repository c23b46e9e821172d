using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors;

public sealed partial class PlatePriors
{
    /// <summary>"DMPR".</summary>
    const int Magic = 0x52504D44;

    const int Version = 1;
    const int HeaderBytes = 20;

    /// <summary>Writes the priors: magic, version, the plate's width and height, the factor (int32 each), then the maps; little-endian.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[HeaderBytes];
        ReadOnlySpan<int> values = [Magic, Version, FullSize.Width, FullSize.Height, Factor];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(header[(4 * i)..], values[i]);
        stream.Write(header);
        foreach (var map in halves) stream.Write(MemoryMarshal.AsBytes(map.AsSpan()));
        stream.Write(MemoryMarshal.AsBytes(guided.AsSpan()));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="stream">From where it begins; nothing past its end is read.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <exception cref="InvalidInputException">It is damaged, truncated, of another version or too large.</exception>
    public static PlatePriors Load(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[HeaderBytes];
        Read(stream, header, name);
        Span<int> values = stackalloc int[HeaderBytes / 4];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadInt32LittleEndian(header[(4 * i)..]);
        if (values[0] != Magic) throw new InvalidInputException($"{name}: these are no priors; remove the file and it is made again");
        if (values[1] != Version) throw new InvalidInputException($"{name}: priors of version {values[1]}, this program reads {Version}; remove the file and it is made again");

        var full = new PixelSize(values[2], values[3]);
        var factor = values[4];
        if (full.Width < 1 || full.Height < 1 || factor < 1 || ReducedPlate.Reduced(full, factor).Pixels > PriorOptions.MostPixels)
            throw new InvalidInputException($"{name}: priors of a plate of {full} reduced by {factor} are not possible; at most {PriorOptions.MostPixels} cells are");

        var cells = (int)ReducedPlate.Reduced(full, factor).Pixels;
        var halves = new ushort[HalfMaps][];
        for (var i = 0; i < HalfMaps; i++)
        {
            halves[i] = new ushort[cells];
            Read(stream, MemoryMarshal.AsBytes(halves[i].AsSpan()), name);
        }

        var guided = new float[Guided.GuidedCoefficients.Planes * cells];
        Read(stream, MemoryMarshal.AsBytes(guided.AsSpan()), name);
        return new PlatePriors(full, factor, halves, guided);
    }

    static void Read(Stream stream, Span<byte> bytes, string name)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidInputException($"{name}: it ends too early; remove the file and it is made again");
    }
}
