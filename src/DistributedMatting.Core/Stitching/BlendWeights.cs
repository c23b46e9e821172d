using DistributedMatting.Core.Patches;

namespace DistributedMatting.Core.Stitching;

/// <summary>
/// How much each pixel of a patch counts where patches overlap (HDMatt, Appendix A). Eq. 5: the shortest distance
/// from the pixel's centre to the patch's edge, divided by the margin, at most 1; only edges that have a neighbour
/// behind them count. From the centre the distance is at least half a pixel, so no weight is zero.
/// Eq. 6 divides by the sum over the patches at a pixel; that is done here once, so what this class gives
/// sums to 1 at every pixel of the plate.
/// </summary>
/// <remarks>
/// The shortest distance is a minimum of x and y, so the weights of a corner are no product of a row and a column.
/// But with a margin of at most half the side they depend only on the place inside the patch and on which of its
/// four neighbours exist, so a few rows serve the whole grid.
/// </remarks>
public sealed class BlendWeights
{
    private readonly PatchGrid _grid;
    private readonly float[] _rows;

    /// <summary>Weights for a grid.</summary>
    public BlendWeights(PatchGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        _grid = grid;

        // For each pair (left neighbour, right neighbour): the rows above that overlap, those below, one between.
        var rowsEach = 2 * grid.Margin + 1;
        _rows = new float[checked(4 * rowsEach * grid.Side)];
        for (var sides = 0; sides < 4; sides++)
            for (var row = 0; row < rowsEach; row++)
                Fill(sides, row, _rows.AsSpan((sides * rowsEach + row) * grid.Side, grid.Side));
    }

    /// <summary>Normalised weights of one row of a patch, <c>Side</c> long, each in (0, 1].</summary>
    /// <param name="patch">A patch of the grid.</param>
    /// <param name="y">Row inside the patch.</param>
    public ReadOnlySpan<float> Row(Patch patch, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, _grid.Side);
        var sides = (patch.Column > 0 ? 1 : 0) + (patch.Column < _grid.Columns - 1 ? 2 : 0);
        var row = 2 * _grid.Margin;
        var fromBelow = _grid.Side - 1 - y;
        if (patch.Row > 0 && y < _grid.Margin) row = y;
        else if (patch.Row < _grid.Rows - 1 && fromBelow < _grid.Margin) row = _grid.Margin + fromBelow;
        return _rows.AsSpan((sides * (2 * _grid.Margin + 1) + row) * _grid.Side, _grid.Side);
    }

    private void Fill(int sides, int row, Span<float> weights)
    {
        // Rows above and below mirror each other: only the distance from the edge counts.
        double? fromEdgeY = row == 2 * _grid.Margin ? null : row % _grid.Margin + 0.5;
        for (var x = 0; x < weights.Length; x++)
        {
            double? fromEdgeX = null;
            if ((sides & 1) != 0 && x < _grid.Margin) fromEdgeX = x + 0.5;
            else if ((sides & 2) != 0 && weights.Length - 1 - x < _grid.Margin) fromEdgeX = weights.Length - x - 0.5;
            weights[x] = (float)Normalised(fromEdgeX, fromEdgeY);
        }
    }

    // Distances to the edges that have a neighbour here; null where none overlaps. A neighbour sees the same pixel
    // at margin − distance from its own edge.
    private double Normalised(double? x, double? y)
    {
        double margin = _grid.Margin;
        return (x, y) switch
        {
            (null, null) => 1,
            ({ } only, null) => only / margin,
            (null, { } only) => only / margin,
            ({ } dx, { } dy) => Math.Min(dx, dy)
                / (Math.Min(dx, dy) + Math.Min(margin - dx, dy) + Math.Min(dx, margin - dy) + Math.Min(margin - dx, margin - dy)),
        };
    }
}
