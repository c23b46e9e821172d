using System.Runtime.InteropServices;
using DistributedMatting.Core;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging;

/// <summary>
/// A colour picture, row by row, into PNG or TIFF (8 or 16 bits), JPEG or WebP (8 bits, quality 95), by the name's ending.
/// As careful as <see cref="AlphaFile"/>: written beside, renamed when whole, nothing left otherwise.
/// </summary>
public sealed class RgbFile : IDisposable
{
    private const int JpegLimit = 65_535;
    private const int WebPLimit = 16_383;

    private readonly RowFile _rows;

    private RgbFile(RowFile rows) => _rows = rows;

    /// <summary>Size of the picture.</summary>
    public PixelSize Size => _rows.Format.Size;

    /// <summary>Whether a name ends as a picture's that can be written.</summary>
    public static bool IsName(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".tif" or ".tiff" or ".png" or ".jpg" or ".jpeg" or ".webp";

    /// <summary>Begins a file beside <paramref name="path"/>.</summary>
    /// <param name="path">Ends in .png, .tif, .tiff, .jpg, .jpeg or .webp.</param>
    /// <param name="size">Size of the picture.</param>
    /// <param name="bitDepth">8, or 16 for PNG and TIFF.</param>
    /// <param name="icc">A profile to embed, such as the plate's, or null.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <param name="threads">Threads that compress PNG and TIFF.</param>
    /// <exception cref="InvalidInputException">As <see cref="AlphaFile.Create"/>, or a picture too large for the format.</exception>
    public static RgbFile Create(string path, PixelSize size, int bitDepth = 8, ReadOnlyMemory<byte>? icc = null, bool force = false, int threads = 2)
    {
        if (bitDepth is not (8 or 16))
            throw new InvalidInputException($"{bitDepth} bits: a picture is stored with 8 or 16 bits");
        var rows = new RowFormat(size, 3, bitDepth, icc);
        return System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".tif" or ".tiff" => new RgbFile(RowFile.Create(path, force, rows, file => new TiffEncoder(file.Stream, rows, threads))),
            ".png" => new RgbFile(RowFile.Create(path, force, rows, file => new PngEncoder(file.Stream, rows, threads))),
            ".jpg" or ".jpeg" => ByVips("JPEG", "jpegsave", JpegLimit),
            ".webp" => ByVips("WebP", "webpsave", WebPLimit),
            _ => throw new InvalidInputException($"{path}: no picture format has this ending; give a name that ends in .png, .tif, .jpg or .webp"),
        };

        RgbFile ByVips(string name, string saver, int limit)
        {
            if (bitDepth != 8)
                throw new InvalidInputException($"{path}: {name} holds 8 bits; ask for 8, or write a .png or .tif");
            if (size.Width > limit || size.Height > limit)
                throw new InvalidInputException($"{path}: {name} holds at most {limit} pixels a side and the picture is {size}; write a .png or .tif");
            return new RgbFile(RowFile.Create(path, force, rows, file => new VipsEncoder(file, rows, saver, threads)));
        }
    }

    /// <summary>Writes the next rows.</summary>
    /// <param name="rgb">Whole rows: a multiple of <c>3 × Width</c> samples, 0 to 65535; an 8-bit file keeps v ÷ 257, rounded.</param>
    public void WriteRows(ReadOnlySpan<ushort> rgb)
    {
        var row = Row(rgb.Length);
        while (rgb.Length > 0)
        {
            var room = _rows.Room(rgb.Length / row);
            var rows = room.Length / _rows.Format.RowBytes;
            var part = rgb[..(rows * row)];
            if (_rows.Format.Bits == 16)
                MemoryMarshal.AsBytes(part).CopyTo(room);
            else
                for (var i = 0; i < part.Length; i++)
                    room[i] = (byte)((part[i] + 128) / 257);
            _rows.Advance(rows);
            rgb = rgb[part.Length..];
        }
    }

    /// <summary>Writes the next rows of an 8-bit picture (a 16-bit file keeps 257·v).</summary>
    /// <param name="rgb">Whole rows: a multiple of <c>3 × Width</c> samples, 0 to 255.</param>
    public void WriteRows(ReadOnlySpan<byte> rgb)
    {
        var row = Row(rgb.Length);
        while (rgb.Length > 0)
        {
            var room = _rows.Room(rgb.Length / row);
            var rows = room.Length / _rows.Format.RowBytes;
            var part = rgb[..(rows * row)];
            if (_rows.Format.Bits == 8)
                part.CopyTo(room);
            else
                Samples.ToUShort(part, Native.VipsFormat.UChar, MemoryMarshal.Cast<byte, ushort>(room));
            _rows.Advance(rows);
            rgb = rgb[part.Length..];
        }
    }

    /// <summary>Finishes the file and puts it in its place, in one rename.</summary>
    public void Complete() => _rows.Complete();

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private int Row(int samples) => samples % (Size.Width * 3) == 0
        ? Size.Width * 3
        : throw new ArgumentException($"whole rows of {Size.Width * 3} samples are needed, not {samples} samples", nameof(samples));
}
