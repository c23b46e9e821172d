using System.Globalization;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>A part of a picture, and how small it is wanted.</summary>
/// <param name="Area">In pixels of the plate; must lie inside it.</param>
/// <param name="Scale"><see cref="MinScale"/> to <see cref="MaxScale"/>: pixels of the answer to a pixel of the plate; over 1 enlarges.</param>
public readonly record struct PictureRegion(PixelRect Area, double Scale)
{
    /// <summary>The smallest scale: the widest plate that there may be is then a few pixels.</summary>
    public const double MinScale = 1.0 / 65_536;

    /// <summary>The largest scale: more shows nothing but larger squares.</summary>
    public const double MaxScale = 64;

    /// <summary>Most pixels of an answer's width or height; JPEG holds 65,535.</summary>
    public const int MaxSide = 65_000;

    /// <summary>Most pixels of an answer.</summary>
    public const long MaxPixels = 4_000_000;

    /// <summary>Size of the answer; at least one pixel.</summary>
    public PixelSize Size => new(Scaled(Area.Width), Scaled(Area.Height));

    /// <summary>Throws unless it lies inside the plate and keeps the limits.</summary>
    /// <exception cref="InvalidInputException">Names the field and what would be right.</exception>
    public void Validate(PixelSize plate)
    {
        if (!(Scale >= MinScale && Scale <= MaxScale)) throw new InvalidInputException("scale must be 1/65536 (0.0000152588) to 64; 1 is the plate's own, and more enlarges");
        var (x, y, width, height) = Area;
        if (x < 0 || y < 0 || width < 1 || height < 1 || x >= plate.Width || y >= plate.Height || width > plate.Width - x || height > plate.Height - y)
            throw new InvalidInputException($"the region must lie inside the plate of {plate} pixels");
        if (Size is { Width: <= MaxSide, Height: <= MaxSide, Pixels: <= MaxPixels }) return;
        throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
            $"the answer would have {Size} pixels; at most {MaxPixels / 1e6:0} megapixels and {MaxSide} a side are sent: ask for less, or for a smaller scale"));
    }

    private int Scaled(int length) => (int)Math.Max(1, Math.Round(length * Scale, MidpointRounding.AwayFromZero));
}
