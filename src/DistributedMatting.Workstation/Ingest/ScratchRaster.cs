using System.Buffers;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Storage;
using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>
/// An uncompressed image in the job's folder: rows of pixels, nothing else. Any window can be read by any thread.
/// Read with <c>pread</c>: mapped pages would count as this process's memory.
/// </summary>
internal sealed class ScratchRaster : IDisposable
{
    /// <summary>Bytes between two rows of a window up to which both are read in one call.</summary>
    private const int MostBetween = 8 << 10;

    private const int BytesAtOnce = 64 << 10;

    private readonly SafeFileHandle _file;
    private readonly int _pixelBytes;
    private int _rowsWritten;

    private ScratchRaster(SafeFileHandle file, PixelSize size, int pixelBytes) =>
        (_file, Size, _pixelBytes) = (file, size, pixelBytes);

    public PixelSize Size { get; }

    public long Bytes => Size.Pixels * _pixelBytes;

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

    /// <summary>Appends whole rows; one thread.</summary>
    public void Append(ReadOnlySpan<byte> rows)
    {
        var rowBytes = (long)Size.Width * _pixelBytes;
        RandomAccess.Write(_file, rows, _rowsWritten * rowBytes);
        _rowsWritten += (int)(rows.Length / rowBytes);
    }

    /// <summary>Reads a window, row after row.</summary>
    /// <param name="window">Inside the image.</param>
    /// <param name="pixels">Receives its pixels' bytes.</param>
    public void Read(PixelRect window, Span<byte> pixels)
    {
        var row = window.Width * _pixelBytes;
        var stride = (long)Size.Width * _pixelBytes;
        if (row == stride)
        {
            ReadBytes(Offset(0, window.Y), pixels[..checked(row * window.Height)]);
            return;
        }
        if (stride - row > MostBetween)
        {
            for (var y = 0; y < window.Height; y++) ReadBytes(Offset(window.X, window.Y + y), pixels.Slice(y * row, row));
            return;
        }

        // A narrow image: what lies between the window's rows is sooner read than a call is made.
        var rowsEach = (int)Math.Clamp(BytesAtOnce / stride, 1, window.Height);
        var buffer = ArrayPool<byte>.Shared.Rent((int)((rowsEach - 1) * stride) + row);
        try
        {
            for (var y = 0; y < window.Height; y += rowsEach)
            {
                var rows = Math.Min(rowsEach, window.Height - y);
                ReadBytes(Offset(window.X, window.Y + y), buffer.AsSpan(0, (int)((rows - 1) * stride) + row));
                for (var i = 0; i < rows; i++) buffer.AsSpan((int)(i * stride), row).CopyTo(pixels[((y + i) * row)..]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _file.Dispose();

    private long Offset(int x, int y) => ((long)y * Size.Width + x) * _pixelBytes;

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
