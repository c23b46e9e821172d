namespace DistributedMatting.Core.Plates;

/// <summary>A trimap that can be read anywhere, by many threads at once.</summary>
public interface ITrimap
{
    /// <summary>Size of the trimap: that of its plate.</summary>
    PixelSize Size { get; }

    /// <summary>Reads a window that lies wholly inside the trimap.</summary>
    /// <param name="window">Inside the trimap.</param>
    /// <param name="regions">Receives <c>window.Height × window.Width</c> values of <see cref="Region"/>, row by row.</param>
    void ReadRegions(PixelRect window, Span<byte> regions);
}
