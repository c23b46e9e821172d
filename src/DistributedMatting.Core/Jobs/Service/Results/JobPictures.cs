using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>The pyramid that every view of a job has. Level <c>Levels − 1</c> is full size, each lower one half of it, rounded up.</summary>
/// <param name="Width">Of the plate, in pixels.</param>
/// <param name="Height">Of the plate, in pixels.</param>
/// <param name="Tile">Side of a tile in pixels; those at the right and lower edges are smaller.</param>
/// <param name="Levels">Levels in all, at least 1; level 0 is one tile.</param>
/// <param name="Views">What can be shown now.</param>
public sealed record JobPictures(int Width, int Height, int Tile, int Levels, IReadOnlyList<PictureView> Views)
{
    /// <summary>Side of a tile in pixels.</summary>
    public const int TileSide = 256;

    /// <summary>The pyramid of a plate.</summary>
    public static JobPictures Of(PixelSize plate, IReadOnlyList<PictureView> views)
    {
        var levels = 1;
        for (var side = Math.Max(plate.Width, plate.Height); side > TileSide; side = (side + 1) / 2) levels++;
        return new JobPictures(plate.Width, plate.Height, TileSide, levels, views);
    }

    /// <summary>Size of a level.</summary>
    public PixelSize SizeOf(int level)
    {
        var below = Levels - 1 - level;
        return new PixelSize(Halved(Width, below), Halved(Height, below));
    }

    /// <summary>Where a tile lies in its level; null where there is no such tile.</summary>
    public PixelRect? TileOf(int level, int x, int y)
    {
        if (level < 0 || level >= Levels || x < 0 || y < 0) return null;
        var size = SizeOf(level);
        var (left, top) = ((long)x * Tile, (long)y * Tile);
        if (left >= size.Width || top >= size.Height) return null;
        return new PixelRect((int)left, (int)top, Math.Min(Tile, size.Width - (int)left), Math.Min(Tile, size.Height - (int)top));
    }

    private static int Halved(int length, int times) => (int)((length + (1L << times) - 1) >> times);
}
