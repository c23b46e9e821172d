using System.Runtime.InteropServices;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Storage;
using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Bench;

/// <summary>An alpha that is kept as raw floats, so that its encoding can be timed afterwards, by itself.</summary>
internal sealed class RawAlpha(string path, PixelSize size) : IAlphaWriter
{
    private const int RowsAtOnce = 64;

    private readonly SafeFileHandle _file = ScratchFile.Create(path);
    private long _written;

    public PixelSize Size => size;

    public void WriteRows(ReadOnlySpan<float> alpha)
    {
        var bytes = MemoryMarshal.AsBytes(alpha);
        RandomAccess.Write(_file, bytes, _written);
        _written += bytes.Length;
    }

    public void Complete()
    {
        if (_written != sizeof(float) * size.Pixels) throw new InvalidOperationException("Not every row of the alpha was written.");
    }

    /// <summary>Writes a finished raw alpha to the real writer.</summary>
    public static void Encode(string path, IAlphaWriter writer, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        var rows = new float[RowsAtOnce * writer.Size.Width];
        for (var y = 0; y < writer.Size.Height; y += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var some = rows.AsSpan(0, Math.Min(RowsAtOnce, writer.Size.Height - y) * writer.Size.Width);
            file.ReadExactly(MemoryMarshal.AsBytes(some));
            writer.WriteRows(some);
        }
        writer.Complete();
    }

    public void Dispose() => _file.Dispose();
}
