using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging;

/// <summary>What an encoder is given: rows of interleaved samples in the machine's byte order.</summary>
/// <param name="Size">Size of the picture.</param>
/// <param name="Bands">1 (grey) or 3 (R G B); for TIFF also 2 or 4, the last one alpha.</param>
/// <param name="Bits">8 or 16 (unsigned), or 32 (float).</param>
/// <param name="Icc">A profile to embed, or null.</param>
/// <param name="Orientation">How a reader must turn the picture, 1 (not at all) to 8; TIFF only.</param>
internal sealed record RowFormat(PixelSize Size, int Bands, int Bits, ReadOnlyMemory<byte>? Icc = null, int Orientation = 1)
{
    internal int PixelBytes => Bands * Bits / 8;

    internal int RowBytes => checked(Size.Width * PixelBytes);

    internal long RawBytes => Size.Pixels * PixelBytes;
}
