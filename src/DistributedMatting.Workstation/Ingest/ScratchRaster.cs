using System.Buffers;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Storage;
using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>
/// An uncompressed image in the job's folder, laid out as <see cref="RasterLayout"/> says, so that a patch is some twenty
/// reads and not one a row. Any window can be read by any thread. Read with <c>pread</c>: mapped pages would count as this
/// process's memory.
/// </summary>
internal sealed class ScratchRaster : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly RasterLayout _layout;
    private byte[] _band = [];
    private int _rowsWritten;

    private ScratchRaster(SafeFileHandle file, PixelSize size, int pixelBytes) =>
        (_file, _layout) = (file, new RasterLayout(size, pixelBytes));

    public PixelSize Size => _layout.Size;

    public long Bytes => _layout.Bytes;

    public static ScratchRaster Create(string path, PixelSize size, int pixelBytes) =>
        new(ScratchFile.Create(path), size, pixelBytes);

    /// <summary>A raster that an earlier run has left, or null where it is missing or of another length.</summary>
    public static ScratchRaster? TryOpen(string path, PixelSize size, int pixelBytes)
    {
        if (!File.Exists(path)) return null;
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var raster = new ScratchRaster(file, size, pixelBytes) { _rowsWritten = size.Height };
        if (RandomAccess.GetLength(file) == raster.Bytes) return raster;
        raster.Dispose();
        return null;
    }

    /// <summary>Appends whole rows; one thread. They are in the file once their band is whole.</summary>
    public void Append(ReadOnlySpan<byte> rows)
    {
        if (_band.Length == 0) _band = new byte[_layout.BandBytes(0)];
        for (; !rows.IsEmpty; rows = rows[_layout.RowBytes..])
        {
            var band = _rowsWritten / RasterLayout.BandRows;
            _layout.Scatter(rows[.._layout.RowBytes], band, _rowsWritten % RasterLayout.BandRows, _band);
            _rowsWritten++;
            if (_rowsWritten % RasterLayout.BandRows != 0 && _rowsWritten != Size.Height) continue;
            RandomAccess.Write(_file, _band.AsSpan(0, _layout.BandBytes(band)), _layout.BandOffset(band));
            if (_rowsWritten == Size.Height) _band = [];
        }
    }

    /// <summary>Reads a window, row after row.</summary>
    /// <param name="window">Inside the image.</param>
    /// <param name="pixels">Receives its pixels' bytes.</param>
    public void Read(PixelRect window, Span<byte> pixels)
    {
        var strips = RasterLayout.Strips(window);
        var buffer = ArrayPool<byte>.Shared.Rent(_layout.StripBytes(strips, RasterLayout.BandRows));
        try
        {
            var end = window.Y + window.Height - 1;
            for (var band = window.Y / RasterLayout.BandRows; band <= end / RasterLayout.BandRows; band++)
            {
                var rows = _layout.Rows(band);
                var some = buffer.AsSpan(0, _layout.StripBytes(strips, rows));
                ReadBytes(_layout.BandOffset(band) + _layout.StripOffset(strips, rows), some);
                _layout.Gather(some, band, strips, window, pixels);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _file.Dispose();

    private void ReadBytes(long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0) throw new IOException("A file of the job folder became shorter while it was in use.");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
