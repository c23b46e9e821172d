using System.Runtime.InteropServices;
using DistributedMatting.Core;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging;

/// <summary>
/// An alpha matte into a PNG (8 or 16 bits) or TIFF (8, 16 or 32-bit float; tiled, deflate, BigTIFF when large), by the name's ending.
/// Values outside 0…1 are clamped and NaN becomes 0. Encoding overlaps with the caller; memory is two bands of rows.
/// </summary>
public sealed class AlphaFile : IAlphaWriter
{
    private readonly RowFile _rows;

    private AlphaFile(RowFile rows) => _rows = rows;

    /// <inheritdoc/>
    public PixelSize Size => _rows.Format.Size;

    /// <summary>Begins a file beside <paramref name="path"/>.</summary>
    /// <param name="path">Ends in .png, .tif or .tiff.</param>
    /// <param name="size">Size of the matte.</param>
    /// <param name="format">How it is stored.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <exception cref="InvalidInputException">
    /// Another ending, a depth that the format lacks, no such folder, no rights, no space, or the file is there; also from the other methods.
    /// </exception>
    public static AlphaFile Create(string path, PixelSize size, AlphaFormat format, bool force = false)
    {
        if (format.BitDepth is not (8 or 16 or 32))
            throw new InvalidInputException($"{format.BitDepth} bits: an alpha matte is stored with 8, 16 or 32 (float) bits");
        var rows = new RowFormat(size, 1, format.BitDepth);
        switch (System.IO.Path.GetExtension(path).ToLowerInvariant())
        {
            case ".tif" or ".tiff":
                return new AlphaFile(RowFile.Create(path, force, rows, file => new TiffEncoder(file.Stream, rows, format.Threads)));
            case ".png" when format.BitDepth == 32:
                throw new InvalidInputException($"{path}: PNG holds 8 or 16 bits; ask for 16, or write a .tif for float");
            case ".png":
                return new AlphaFile(RowFile.Create(path, force, rows, file => new PngEncoder(file.Stream, rows, format.Threads)));
            default:
                throw new InvalidInputException($"{path}: an alpha matte is written as PNG or TIFF; give a name that ends in .png, .tif or .tiff");
        }
    }

    /// <summary>Takes away what killed processes have left beside <paramref name="path"/>; what is being written stays.</summary>
    public static void ForgetUnfinished(string path) => OutputFile.TakeAwayLeftovers(path);

    /// <inheritdoc/>
    public void WriteRows(ReadOnlySpan<float> alpha)
    {
        if (alpha.Length % Size.Width != 0)
            throw new ArgumentException($"whole rows of {Size.Width} values are needed, not {alpha.Length} values", nameof(alpha));
        while (alpha.Length > 0)
        {
            var room = _rows.Room(alpha.Length / Size.Width);
            var rows = room.Length / _rows.Format.RowBytes;
            Convert(alpha[..(rows * Size.Width)], room);
            _rows.Advance(rows);
            alpha = alpha[(rows * Size.Width)..];
        }
    }

    /// <inheritdoc/>
    public void Complete() => _rows.Complete();

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private void Convert(ReadOnlySpan<float> alpha, Span<byte> to)
    {
        switch (_rows.Format.Bits)
        {
            case 8:
                for (var i = 0; i < alpha.Length; i++)
                    to[i] = alpha[i] > 0 ? (byte)((Math.Min(alpha[i], 1f) * 255f) + 0.5f) : (byte)0;
                break;
            case 16:
                var words = MemoryMarshal.Cast<byte, ushort>(to);
                for (var i = 0; i < alpha.Length; i++)
                    words[i] = Samples.FromUnit(alpha[i]);
                break;
            default:
                var floats = MemoryMarshal.Cast<byte, float>(to);
                for (var i = 0; i < alpha.Length; i++)
                    floats[i] = alpha[i] > 0 ? Math.Min(alpha[i], 1f) : 0f;
                break;
        }
    }
}
