using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>
/// How a raster's pixels follow each other in its file: bands of rows, in each of them strips of columns, in each of these
/// rows of pixels. Strips beside each other are one piece of a band, so what a window needs of a band is one read. Nothing
/// is padded: the last band has fewer rows, the last strip fewer columns.
/// </summary>
internal sealed class RasterLayout(PixelSize size, int pixelBytes)
{
    /// <summary>Rows of a band.</summary>
    public const int BandRows = 16;

    private const int StripColumns = 64;

    public PixelSize Size => size;

    public int RowBytes { get; } = checked(size.Width * pixelBytes);

    public long Bytes => size.Pixels * pixelBytes;

    /// <summary>So many rows, or as few fewer as make whole bands; one band at least. Read in other pieces, some bands are read twice.</summary>
    public static int WholeBands(int rows) => Math.Max(1, rows / BandRows) * BandRows;

    /// <summary>Rows of one of the bands.</summary>
    public int Rows(int band) => Math.Min(BandRows, size.Height - band * BandRows);

    public int BandBytes(int band) => checked(Rows(band) * RowBytes);

    /// <summary>Where a band begins in the file.</summary>
    public long BandOffset(int band) => (long)band * BandRows * RowBytes;

    /// <summary>The strips that a window touches.</summary>
    public static Range Strips(PixelRect window) => (window.X / StripColumns)..((window.X + window.Width - 1) / StripColumns + 1);

    /// <summary>Bytes of so many rows of these strips.</summary>
    public int StripBytes(Range strips, int rows) => (Left(strips.End.Value) - Left(strips.Start.Value)) * rows * pixelBytes;

    /// <summary>Where these strips begin in a band of so many rows.</summary>
    public int StripOffset(Range strips, int rows) => Left(strips.Start.Value) * rows * pixelBytes;

    /// <summary>Puts a row into the bytes of its band.</summary>
    public void Scatter(ReadOnlySpan<byte> row, int band, int rowOfBand, Span<byte> bytes)
    {
        var rows = Rows(band);
        for (var strip = 0; Left(strip) < size.Width; strip++)
        {
            var (from, count) = (Left(strip) * pixelBytes, (Left(strip + 1) - Left(strip)) * pixelBytes);
            row.Slice(from, count).CopyTo(bytes[(from * rows + rowOfBand * count)..]);
        }
    }

    /// <summary>Takes a window's pixels out of the bytes of the strips of a band.</summary>
    public void Gather(ReadOnlySpan<byte> bytes, int band, Range strips, PixelRect window, Span<byte> pixels)
    {
        var rows = Rows(band);
        var first = Math.Max(0, window.Y - band * BandRows);
        var end = Math.Min(rows, window.Y + window.Height - band * BandRows);
        for (var strip = strips.Start.Value; strip < strips.End.Value; strip++)
        {
            var (left, columns) = (Left(strip), Left(strip + 1) - Left(strip));
            var from = Math.Max(left, window.X);
            var count = (Math.Min(left + columns, window.X + window.Width) - from) * pixelBytes;
            var read = ((left - Left(strips.Start.Value)) * rows + first * columns + from - left) * pixelBytes;
            var write = ((band * BandRows + first - window.Y) * window.Width + from - window.X) * pixelBytes;
            for (var row = first; row < end; row++)
            {
                bytes.Slice(read, count).CopyTo(pixels[write..]);
                read += columns * pixelBytes;
                write += window.Width * pixelBytes;
            }
        }
    }

    private int Left(int strip) => Math.Min(strip * StripColumns, size.Width);
}
