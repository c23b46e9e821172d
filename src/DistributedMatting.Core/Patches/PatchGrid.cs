using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Patches;

/// <summary>
/// How a plate is cut into overlapping square patches (HDMatt, Sec. 3.1): neighbours overlap by the margin,
/// so patches begin every <c>Side − Margin</c> pixels; as many as cover the plate. A plate no larger than
/// one patch has one.
/// </summary>
public sealed class PatchGrid
{
    /// <summary>Cuts a plate.</summary>
    /// <param name="size">Size of the plate.</param>
    /// <param name="side">Side of a patch in pixels, at least 1.</param>
    /// <param name="margin">Overlap of neighbours in pixels, 0 to half the side (so that no pixel lies in more than four patches).</param>
    public PatchGrid(PixelSize size, int side, int margin)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(margin, side / 2);

        Size = size;
        Side = side;
        Margin = margin;
        Columns = Along(size.Width);
        Rows = Along(size.Height);
    }

    /// <summary>Size of the plate.</summary>
    public PixelSize Size { get; }

    /// <summary>Side of a patch in pixels.</summary>
    public int Side { get; }

    /// <summary>Overlap of neighbouring patches in pixels.</summary>
    public int Margin { get; }

    /// <summary>Patches side by side.</summary>
    public int Columns { get; }

    /// <summary>Patches one above another.</summary>
    public int Rows { get; }

    /// <summary>Pixels between the beginnings of neighbouring patches.</summary>
    public int Step => Side - Margin;

    /// <summary>Patches in all.</summary>
    public int Count => checked(Columns * Rows);

    /// <summary>The patch at a place in row order.</summary>
    public Patch this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var (row, column) = Math.DivRem(index, Columns);
            return new Patch(index, column, row, new PixelRect(column * Step, row * Step, Side, Side));
        }
    }

    private int Along(int length) => length <= Side ? 1 : 1 + (length - Side + Step - 1) / Step;
}
