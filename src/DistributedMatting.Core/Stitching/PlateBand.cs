using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Stitching;

/// <summary>
/// A part of a plate's rows, stitched by itself: the rows that are final once some consecutive rows of patches are
/// blended. All bands of a plate, one after another, are the same bits as <see cref="BandStitcher"/> gives: a row is
/// shared by two rows of patches at most, so a band needs no more than the row of patches before it.
/// </summary>
public sealed class PlateBand
{
    private readonly PatchGrid _grid;
    private readonly int _firstPatchRow;
    private readonly int _patchRows;

    /// <param name="grid">How the plate is cut.</param>
    /// <param name="firstPatchRow">Row of patches, from 0.</param>
    /// <param name="patchRows">How many rows of patches, at least 1.</param>
    public PlateBand(PatchGrid grid, int firstPatchRow, int patchRows)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNegative(firstPatchRow);
        ArgumentOutOfRangeException.ThrowIfLessThan(patchRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patchRows, grid.Rows - firstPatchRow);
        (_grid, _firstPatchRow, _patchRows) = (grid, firstPatchRow, patchRows);
    }

    /// <summary>First row of the plate.</summary>
    public int FirstRow => _firstPatchRow * _grid.Step;

    /// <summary>Rows of the plate.</summary>
    public int Rows => (IsLast ? _grid.Size.Height : (_firstPatchRow + _patchRows) * _grid.Step) - FirstRow;

    /// <summary>The patches that it reads, as indexes of the grid: those of the row before it too.</summary>
    public Range Patches => (Math.Max(0, _firstPatchRow - 1) * _grid.Columns)..((_firstPatchRow + _patchRows) * _grid.Columns);

    private bool IsLast => _firstPatchRow + _patchRows == _grid.Rows;

    /// <summary>The bands of a plate, top to bottom.</summary>
    /// <param name="grid">How the plate is cut.</param>
    /// <param name="patchRows">Rows of patches a band, at least 1; the last band may have fewer.</param>
    public static IReadOnlyList<PlateBand> Of(PatchGrid grid, int patchRows)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfLessThan(patchRows, 1);
        var bands = new List<PlateBand>();
        for (var row = 0; row < grid.Rows; row += patchRows)
            bands.Add(new PlateBand(grid, row, Math.Min(patchRows, grid.Rows - row)));
        return bands;
    }

    /// <summary>Blends its patches, all of which are there, and gives its rows to a taker, in order.</summary>
    /// <param name="trimap">The plate's trimap.</param>
    /// <param name="inferred">For every patch of the grid, whether it is inferred.</param>
    /// <param name="alphas">Where the patches are.</param>
    /// <param name="rows">Takes the rows.</param>
    /// <param name="cancellation">Stops between chunks of rows.</param>
    public void Stitch(ITrimap trimap, ReadOnlySpan<bool> inferred, IPatchAlphas alphas, IAlphaRows rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trimap);
        ArgumentNullException.ThrowIfNull(alphas);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(inferred.Length, _grid.Count, nameof(inferred));

        var blender = new BandBlender(_grid, alphas);
        var writer = new BandWriter(_grid, trimap, rows);
        if (_firstPatchRow > 0 && _grid.Margin > 0)
        {
            blender.Blend(_firstPatchRow - 1, inferred, cancellation);
            blender.Advance();
        }
        for (var row = _firstPatchRow; row < _firstPatchRow + _patchRows; row++)
        {
            blender.Blend(row, inferred, cancellation);
            writer.Write(blender, row * _grid.Step, blender.FinalRows(row), _ => { }, cancellation);
            if (row < _grid.Rows - 1) blender.Advance();
        }
    }
}
