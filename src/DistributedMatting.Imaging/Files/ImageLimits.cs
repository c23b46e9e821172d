namespace DistributedMatting.Imaging;

/// <summary>What an image may claim to be. Checked against its header, before a pixel is decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>The limits of the command line.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Largest number of pixels, in millions.</summary>
    public double MaxMegapixels { get; init; } = 2000;

    /// <summary>Largest width and height.</summary>
    public int MaxDimension { get; init; } = 1_000_000;

    /// <summary>
    /// Largest number of pixels, in millions, of a file that can only be decoded whole (interlaced PNG, progressive JPEG, WebP):
    /// such a picture stands in memory until it is read.
    /// </summary>
    public double MaxMegapixelsUnstreamed { get; init; } = 100;
}
