using System.Buffers;
using System.Runtime.InteropServices;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>The plate in the job's folder: 3 bytes a pixel where the file had 8 bits a sample, else 6.</summary>
internal sealed class ScratchPlate(ScratchRaster raster, bool wide) : IPlate
{
    public PixelSize Size => raster.Size;

    /// <summary>Whether a sample has 16 bits.</summary>
    public bool IsWide => wide;

    public void ReadRgb(PixelRect window, Span<ushort> rgb)
    {
        var samples = 3 * window.Width;
        if (wide)
        {
            for (var y = 0; y < window.Height; y++)
                raster.ReadRow(window.X, window.Y + y, MemoryMarshal.AsBytes(rgb.Slice(y * samples, samples)));
            return;
        }

        var row = ArrayPool<byte>.Shared.Rent(samples);
        try
        {
            for (var y = 0; y < window.Height; y++)
            {
                raster.ReadRow(window.X, window.Y + y, row.AsSpan(0, samples));
                SampleDepth.Widen(row.AsSpan(0, samples), rgb.Slice(y * samples, samples));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(row);
        }
    }
}
