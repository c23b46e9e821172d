namespace DistributedMatting.Core.Plates;

/// <summary>A plate that can be read anywhere, by many threads at once.</summary>
public interface IPlate
{
    /// <summary>Size of the plate.</summary>
    PixelSize Size { get; }

    /// <summary>
    /// Reads a window that lies wholly inside the plate.
    /// </summary>
    /// <param name="window">Inside the plate.</param>
    /// <param name="rgb">
    /// Receives <c>window.Height × window.Width × 3</c> samples, row by row, R G B interleaved,
    /// 0 to 65535 as the file encodes them (an 8-bit sample v arrives as 257·v).
    /// </param>
    void ReadRgb(PixelRect window, Span<ushort> rgb);
}
