using DistributedMatting.Core.Plates;
using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>
/// An uncompressed image in the job's folder: rows of pixels, nothing else. Any window can be read by any thread.
/// Read with <c>pread</c>: mapped pages would count as this process's memory.
/// </summary>
internal sealed class ScratchRaster : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly int _pixelBytes;
    private int _rowsWritten;

    private ScratchRaster(SafeFileHandle file, PixelSize size, int pixelBytes) =>
        (_file, Size, _pixelBytes) = (file, size, pixelBytes);

    public PixelSize Size { get; }

    public long Bytes => Size.Pixels * _pixelBytes;

    public static ScratchRaster Create(string path, PixelSize size, int pixelBytes) =>
        new(File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read), size, pixelBytes);

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

    /// <summary>Reads part of one row.</summary>
    public void ReadRow(int x, int y, Span<byte> pixels)
    {
        var offset = ((long)y * Size.Width + x) * _pixelBytes;
        while (!pixels.IsEmpty)
        {
            var read = RandomAccess.Read(_file, pixels, offset);
            if (read == 0) throw new IOException("A file of the job folder became shorter while it was in use.");
            pixels = pixels[read..];
            offset += read;
        }
    }

    public void Dispose() => _file.Dispose();
}
