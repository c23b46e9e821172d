using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors;

/// <summary>A plate and its trimap, reduced by an integer factor; one cell stands for factor × factor pixels.</summary>
public sealed class ReducedPlate
{
    internal ReducedPlate(PixelSize fullSize, int factor, float[] rgb, byte[] regions)
    {
        (FullSize, Factor, Rgb, Regions) = (fullSize, factor, rgb, regions);
        Size = Reduced(fullSize, factor);
    }

    /// <summary>Size of the plate itself.</summary>
    public PixelSize FullSize { get; }

    /// <summary>Pixels a cell, along each axis.</summary>
    public int Factor { get; }

    /// <summary>Size in cells; the last column and row may stand for fewer pixels.</summary>
    public PixelSize Size { get; }

    /// <summary>R, G and B planes, the mean of each cell's pixels, 0 to 1.</summary>
    public float[] Rgb { get; }

    /// <summary>A <see cref="Region"/> a cell: known only if all its pixels are known alike.</summary>
    public byte[] Regions { get; }

    /// <summary>The smallest factor that leaves at most <paramref name="pixels"/> cells.</summary>
    public static int FactorFor(PixelSize size, int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixels);
        var factor = (int)Math.Max(1, Math.Floor(Math.Sqrt((double)size.Pixels / pixels)));
        while (Reduced(size, factor).Pixels > pixels) factor++;
        while (factor > 1 && Reduced(size, factor - 1).Pixels <= pixels) factor--;
        return factor;
    }

    internal static PixelSize Reduced(PixelSize size, int factor) =>
        new((int)(((long)size.Width + factor - 1) / factor), (int)(((long)size.Height + factor - 1) / factor));
}
