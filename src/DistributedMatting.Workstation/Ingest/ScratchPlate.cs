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
        var samples = checked(3 * window.Width * window.Height);
        if (wide)
        {
            raster.Read(window, MemoryMarshal.AsBytes(rgb[..samples]));
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(samples);
        try
        {
            raster.Read(window, bytes.AsSpan(0, samples));
            SampleDepth.Widen(bytes.AsSpan(0, samples), rgb[..samples]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
