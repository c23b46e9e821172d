namespace DistributedMatting.Core.Plates;

/// <summary>A trimap that comes as a stream of rows, top to bottom, once.</summary>
public interface ITrimapReader : IDisposable
{
    /// <summary>Size of the trimap, upright.</summary>
    PixelSize Size { get; }

    /// <summary>Reads the next rows.</summary>
    /// <param name="regions">Whole rows: a multiple of <c>Width</c> values of <see cref="Region"/>.</param>
    /// <exception cref="InvalidInputException">The file ends early or cannot be decoded.</exception>
    void ReadRows(Span<byte> regions);
}
