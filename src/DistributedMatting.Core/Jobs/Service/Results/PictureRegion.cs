using System.Globalization;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>A part of a picture, and how small it is wanted.</summary>
/// <param name="Area">In pixels of the plate; must lie inside it.</param>
/// <param name="Scale">1/64 to 1: pixels of the answer to a pixel of the plate.</param>
public readonly record struct PictureRegion(PixelRect Area, double Scale)
{
    /// <summary>The smallest scale.</summary>
    public const double MinScale = 1.0 / 64;

    /// <summary>Most pixels of an answer.</summary>
    public const long MaxPixels = 4_000_000;

    /// <summary>Size of the answer; at least one pixel.</summary>
    public PixelSize Size => new(Scaled(Area.Width), Scaled(Area.Height));

    /// <summary>Throws unless it lies inside the plate and keeps the limits.</summary>
    /// <exception cref="InvalidInputException">Names the field and what would be right.</exception>
    public void Validate(PixelSize plate)
    {
        if (!(Scale >= MinScale && Scale <= 1)) throw new InvalidInputException("scale must be 1/64 (0.015625) to 1");
        var (x, y, width, height) = Area;
        if (x < 0 || y < 0 || width < 1 || height < 1 || x >= plate.Width || y >= plate.Height || width > plate.Width - x || height > plate.Height - y)
            throw new InvalidInputException($"the region must lie inside the plate of {plate} pixels");
        if (Size.Pixels <= MaxPixels) return;
        throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
            $"the answer would have {Size.Pixels / 1e6:0.0} megapixels; at most {MaxPixels / 1e6:0} are sent: ask for less, or for a smaller scale"));
    }

    private int Scaled(int length) => (int)Math.Max(1, Math.Round(length * Scale, MidpointRounding.AwayFromZero));
}
