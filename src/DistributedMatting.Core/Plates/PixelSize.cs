namespace DistributedMatting.Core.Plates;

/// <summary>Width and height of an image, in pixels; both at least 1.</summary>
public readonly record struct PixelSize(int Width, int Height)
{
    /// <summary>Number of pixels. A gigapixel plate overflows <see cref="int"/>, so this is a <see cref="long"/>.</summary>
    public long Pixels => (long)Width * Height;

    /// <inheritdoc/>
    public override string ToString() => $"{Width}×{Height}";
}
