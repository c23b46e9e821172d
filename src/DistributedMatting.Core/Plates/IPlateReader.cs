namespace DistributedMatting.Core.Plates;

/// <summary>A plate that comes as a stream of rows, top to bottom, once.</summary>
public interface IPlateReader : IDisposable
{
    /// <summary>Size of the plate, upright (orientation is applied).</summary>
    PixelSize Size { get; }

    /// <summary>Bits a sample has in the file: 8, 16 or 32 (float). Says what depth is worth keeping.</summary>
    int BitDepth { get; }

    /// <summary>Reads the next rows.</summary>
    /// <param name="rgb">Whole rows: a multiple of <c>3 × Width</c> samples, as in <see cref="IPlate.ReadRgb"/>.</param>
    /// <exception cref="InvalidInputException">The file ends early or cannot be decoded.</exception>
    void ReadRows(Span<ushort> rgb);
}
