namespace DistributedMatting.Core.Plates;

/// <summary>
/// A rectangle of pixels: left, top, width, height. It may reach past an image's edges
/// (a patch does, on the right and at the bottom); who reads it says what is there.
/// </summary>
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    /// <summary>First column to the right of the rectangle.</summary>
    public int Right => X + Width;

    /// <summary>First row below the rectangle.</summary>
    public int Bottom => Y + Height;
}
