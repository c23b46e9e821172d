using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging;

/// <summary>What an image file's header says.</summary>
/// <param name="Path">The file.</param>
/// <param name="Size">Upright size: orientation is applied.</param>
/// <param name="Format">PNG, TIFF, JPEG or WebP, by content.</param>
/// <param name="BitDepth">Bits a sample: 8 (also for files of 1, 2 or 4 bits), 16 or 32 (float).</param>
/// <param name="Bands">Samples a pixel in the file, alpha included.</param>
/// <param name="HasAlpha">Whether the last band is an alpha channel.</param>
/// <param name="Orientation">EXIF or TIFF orientation of the file, 1 to 8; 1 is upright.</param>
/// <param name="IccProfile">
/// The embedded profile, or null. Samples are given as the file holds them and are not converted through the profile:
/// a matte does not depend on the colour space, and a composite written with this profile embedded looks as the plate does.
/// Null as well for CMYK and Lab files, whose samples are converted to sRGB.
/// </param>
/// <param name="FileBytes">Size of the file in bytes.</param>
public sealed record PlateInfo(
    string Path,
    PixelSize Size,
    string Format,
    int BitDepth,
    int Bands,
    bool HasAlpha,
    int Orientation,
    ReadOnlyMemory<byte>? IccProfile,
    long FileBytes);
