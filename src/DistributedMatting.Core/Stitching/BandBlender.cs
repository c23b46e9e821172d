using DistributedMatting.Core.Patches;

namespace DistributedMatting.Core.Stitching;

/// <summary>
/// Blends one row of patches after another (Eq. 6). A pixel's alpha is the sum over its patches, in patch order,
/// of normalised weight × alpha, in single precision. Memory: <c>Side × Width</c> floats.
/// </summary>
/// <remarks>
/// Patches that were not inferred are left out: each of their pixels is known, in whatever patch it also lies, and is
/// set from the trimap afterwards. Such pixels hold sums without meaning until then; unknown pixels never do, since
/// every patch that holds one is inferred.
/// </remarks>
internal sealed class BandBlender
{
    private readonly PatchGrid _grid;
    private readonly BlendWeights _weights;
    private readonly IPatchAlphas _alphas;
    private readonly float[] _band;
    private readonly ushort[] _patch;

    public BandBlender(PatchGrid grid, IPatchAlphas alphas)
    {
        _grid = grid;
        _weights = new BlendWeights(grid);
        _alphas = alphas;
        _band = new float[checked(Math.Min(grid.Side, grid.Size.Height) * grid.Size.Width)];
        _patch = new ushort[checked(grid.Side * grid.Side)];
    }

    /// <summary>Rows of the plate that are final once a row of patches is blended; they begin at <c>patchRow × Step</c>.</summary>
    public int FinalRows(int patchRow) =>
        patchRow < _grid.Rows - 1 ? _grid.Step : _grid.Size.Height - patchRow * _grid.Step;

    /// <summary>Adds a row of patches. Rows of patches come in order.</summary>
    public void Blend(int patchRow, ReadOnlySpan<bool> inferred, CancellationToken cancellation)
    {
        for (var column = 0; column < _grid.Columns; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            var patch = _grid[patchRow * _grid.Columns + column];
            if (!inferred[patch.Index]) continue;

            _alphas.Read(patch.Index, _patch);
            Add(patch);
        }
    }

    /// <summary>Rows of the band that was blended last; may be changed in place.</summary>
    public Span<float> Rows(int first, int count) =>
        _band.AsSpan(first * _grid.Size.Width, count * _grid.Size.Width);

    /// <summary>Keeps the overlap with the next row of patches and lets the rest of the band go.</summary>
    public void Advance() => Rows(_grid.Step, _grid.Margin).CopyTo(_band);

    private void Add(Patch patch)
    {
        var rows = Math.Min(_grid.Side, _grid.Size.Height - patch.Bounds.Y);
        var width = Math.Min(_grid.Side, _grid.Size.Width - patch.Bounds.X);
        var added = patch.Column > 0 ? _grid.Margin : 0;
        var weighed = patch.Column < _grid.Columns - 1 ? _grid.Side - _grid.Margin : width;
        for (var y = 0; y < rows; y++)
        {
            var alpha = _patch.AsSpan(y * _grid.Side, width);
            var weights = _weights.Row(patch, y)[..width];
            var target = _band.AsSpan(y * _grid.Size.Width + patch.Bounds.X, width);

            // The first patch of a pixel stores, later ones add; so nothing needs clearing between bands.
            if (patch.Row > 0 && y < _grid.Margin)
            {
                UnitAlpha.AddWeighed(alpha, weights, target);
                continue;
            }
            var alone = patch.Row == _grid.Rows - 1 || y < _grid.Step;
            UnitAlpha.AddWeighed(alpha[..added], weights, target);
            if (alone) UnitAlpha.Decode(alpha[added..weighed], target[added..]);
            else UnitAlpha.Weigh(alpha[added..weighed], weights[added..], target[added..]);
            UnitAlpha.Weigh(alpha[weighed..], weights[weighed..], target[weighed..]);
        }
    }
}
