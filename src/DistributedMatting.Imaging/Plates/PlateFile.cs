using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// A plate in a PNG, TIFF, JPEG or WebP file, told apart by content. Rows come upright and as the file encodes them:
/// 8-bit samples as 257·v, 16-bit as they are, float clamped to 0…1 and scaled to 65535 (NaN as 0, see <see cref="Odd"/>). An alpha channel is left out and
/// the colours under it are given as stored, neither multiplied nor divided by it. Grey becomes R = G = B; CMYK and Lab
/// become sRGB; RGB is never converted through its ICC profile (<see cref="PlateInfo.IccProfile"/>).
/// A file whose orientation turns it or stands it on its head is decoded once when it is opened, to a compressed scratch file in
/// TMPDIR. Memory is bounded by rows (beside a JPEG's file, which is mapped), except for interlaced PNG, progressive JPEG and WebP, which decode whole
/// (<see cref="ImageLimits.MaxMegapixelsUnstreamed"/>). Not for two threads at once; the thread may change between calls.
/// </summary>
public sealed class PlateFile : IPlateReader
{
    private readonly ImageRows _rows;
    private ushort[] _samples = [];

    private PlateFile(ImageRows rows) => _rows = rows;

    /// <inheritdoc/>
    public PixelSize Size => Info.Size;

    /// <inheritdoc/>
    public int BitDepth => Info.BitDepth;

    /// <summary>What the header says.</summary>
    public PlateInfo Info => _rows.Info;

    /// <summary>What the rows read so far held that is no number; null for nothing. NaN and −∞ are read as 0, +∞ as 1.</summary>
    public OddSamples? Odd { get; private set; }

    /// <summary>Opens a plate and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may claim to be; <see cref="ImageLimits.Default"/> if null.</param>
    /// <exception cref="InvalidInputException">Missing, empty, damaged, over the limits or no image that we read.</exception>
    public static PlateFile Open(string path, ImageLimits? limits = null) => new(ImageOpening.Open(path, limits));

    /// <inheritdoc/>
    public void ReadRows(Span<ushort> rgb)
    {
        var row = Size.Width * 3;
        if (rgb.Length % row != 0)
            throw new ArgumentException($"whole rows of {row} samples are needed, not {rgb.Length} samples", nameof(rgb));

        while (rgb.Length > 0)
        {
            var first = _rows.Next;
            var bytes = _rows.Take(rgb.Length / row, out var taken);
            if (_rows.Format == VipsFormat.Float)
                Odd = OddSamples.Add(Odd, bytes, _rows.Bands, Size.Width, first);
            var samples = taken * Size.Width * _rows.Bands;
            if (_rows.Bands == 3)
            {
                Samples.ToUShort(bytes, _rows.Format, rgb[..samples]);
            }
            else
            {
                if (_samples.Length < samples)
                    _samples = GC.AllocateUninitializedArray<ushort>(samples);
                Samples.ToUShort(bytes, _rows.Format, _samples.AsSpan(0, samples));
                Samples.ToRgb(_samples.AsSpan(0, samples), _rows.Bands, rgb[..(taken * row)]);
            }

            rgb = rgb[(taken * row)..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
