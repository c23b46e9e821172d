using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Stitching;

/// <summary>
/// Stitches finished patches into rows of the alpha matte (HDMatt, Appendix A). Patches finish in any order on any
/// thread; a band of rows is blended once its last patch is there, always in patch order, so the rows depend on the
/// patches alone and never on scheduling. Known pixels come out exactly 0 or 1.
/// </summary>
/// <remarks>
/// <see cref="Finished"/> is for the workers and returns at once. The blending is done by whoever calls
/// <see cref="Run"/> or <see cref="TryAdvance"/>: one thread at a time. Memory: <c>Side × Width</c> floats.
/// </remarks>
public sealed class BandStitcher
{
    private readonly PatchGrid _grid;
    private readonly bool[] _inferred;
    private readonly BandBlender _blender;
    private readonly PatchRowsLeft _left;
    private readonly BandWriter _writer;
    private int _patchRow;

    /// <summary>A stitcher that has written no row yet.</summary>
    /// <param name="grid">How the plate was cut.</param>
    /// <param name="trimap">The plate's trimap.</param>
    /// <param name="inferred">
    /// For every patch, whether it is inferred: it has an unknown pixel (see <see cref="PatchCensus.Inferred"/>).
    /// The others are never waited for nor read; their alpha is their trimap.
    /// </param>
    /// <param name="alphas">Where the finished patches are.</param>
    /// <param name="rows">Takes the rows, top to bottom.</param>
    public BandStitcher(PatchGrid grid, ITrimap trimap, bool[] inferred, IPatchAlphas alphas, IAlphaRows rows)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(trimap);
        ArgumentNullException.ThrowIfNull(inferred);
        ArgumentNullException.ThrowIfNull(alphas);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(inferred.Length, grid.Count, nameof(inferred));
        if (trimap.Size != grid.Size)
            throw new ArgumentException($"The trimap is {trimap.Size}, the grid {grid.Size}.", nameof(trimap));

        _grid = grid;
        _inferred = [.. inferred];
        _blender = new BandBlender(grid, alphas);
        _left = new PatchRowsLeft(grid, inferred);
        _writer = new BandWriter(grid, trimap, rows);
    }

    /// <summary>Rows given to the taker so far.</summary>
    public int RowsWritten { get; private set; }

    /// <summary>Whether every row has been written.</summary>
    public bool IsDone => RowsWritten == _grid.Size.Height;

    /// <summary>Says that a patch's alpha can be read. From any thread, in any order; again is harmless.</summary>
    public void Finished(int patchIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patchIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(patchIndex, _grid.Count);
        _left.Finished(patchIndex);
    }

    /// <summary>Blends and writes the next band if all its patches are there; false if not, or if all is written.</summary>
    /// <exception cref="OperationCanceledException">The stitcher cannot be used further: a band may be half written.</exception>
    public bool TryAdvance(CancellationToken cancellation = default)
    {
        if (IsDone || !_left.IsThere(_patchRow)) return false;

        _blender.Blend(_patchRow, _inferred, cancellation);
        _writer.Write(_blender, RowsWritten, _blender.FinalRows(_patchRow), rows => RowsWritten += rows, cancellation);
        if (!IsDone) _blender.Advance();
        _patchRow++;
        return true;
    }

    /// <summary>Returns when all patches of the next band are there, or all is written.</summary>
    public void WaitForBand(CancellationToken cancellation = default)
    {
        if (!IsDone) _left.Wait(_patchRow, cancellation);
    }

    /// <summary>Writes all rows, waiting for patches as needed.</summary>
    public void Run(CancellationToken cancellation = default)
    {
        while (!IsDone)
        {
            WaitForBand(cancellation);
            TryAdvance(cancellation);
        }
    }

    /// <summary>Makes sure that nothing is missing.</summary>
    /// <exception cref="InvalidOperationException">Not every row was written.</exception>
    public void Complete()
    {
        if (IsDone) return;
        var missing = _left.FirstMissing();
        throw new InvalidOperationException(
            $"{RowsWritten} of {_grid.Size.Height} rows were stitched; "
            + (missing < 0 ? "every patch is there." : $"patch {missing} never finished."));
    }
}
