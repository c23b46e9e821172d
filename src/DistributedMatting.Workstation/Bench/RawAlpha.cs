using System.Runtime.InteropServices;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Ingest;

namespace DistributedMatting.Workstation.Bench;

/// <summary>An alpha that is kept as raw floats, so that its encoding can be timed afterwards, by itself.</summary>
internal sealed class RawAlpha(string path, PixelSize size) : IAlphaWriter
{
    private const int RowsAtOnce = 64;

    private readonly ScratchRaster _raster = ScratchRaster.Create(path, size, sizeof(float));

    public PixelSize Size => size;

    public void WriteRows(ReadOnlySpan<float> alpha) => _raster.Append(MemoryMarshal.AsBytes(alpha));

    public void Complete()
    {
        using var again = ScratchRaster.TryOpen(path, size, sizeof(float))
            ?? throw new InvalidOperationException("Not every row of the alpha was written.");
    }

    /// <summary>Writes a finished raw alpha to the real writer.</summary>
    public static void Encode(string path, IAlphaWriter writer, CancellationToken cancellation)
    {
        using var raster = ScratchRaster.TryOpen(path, writer.Size, sizeof(float))!;
        var rows = new float[RowsAtOnce * writer.Size.Width];
        for (var y = 0; y < writer.Size.Height; y += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(RowsAtOnce, writer.Size.Height - y);
            var some = rows.AsSpan(0, count * writer.Size.Width);
            raster.Read(new PixelRect(0, y, writer.Size.Width, count), MemoryMarshal.AsBytes(some));
            writer.WriteRows(some);
        }
        writer.Complete();
    }

    public void Dispose() => _raster.Dispose();
}
