using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Stitching;

/// <summary>
/// Measures seams in a matte as its rows stream by. Measured are all lines at which the support of a patch begins
/// (<c>k × Step</c>) or ends (<c>k × Step + Margin</c>), k ≥ 1, upright and level; with margin 0 the two are one.
/// </summary>
/// <remarks>
/// At each place four pixels in a line are looked at, two on either side of the border, and all four must be unknown:
/// so the step across and the steps beside it are taken from the same places, and the trimap's edge is no seam.
/// </remarks>
public sealed class SeamMeter : IAlphaRows
{
    private const int Reach = 2;

    private readonly PatchGrid _grid;
    private readonly int[] _columns;
    private readonly bool[] _isBorderRow;
    private readonly float[][] _alpha = new float[2 * Reach][];
    private readonly byte[][] _regions = new byte[2 * Reach][];
    private double _across;
    private double _beside;
    private long _samples;
    private int _next;

    /// <summary>A meter that has seen no rows yet.</summary>
    public SeamMeter(PatchGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        _grid = grid;
        _columns = [.. Borders(grid.Columns, grid.Size.Width)];
        _isBorderRow = new bool[grid.Size.Height];
        foreach (var row in Borders(grid.Rows, grid.Size.Height)) _isBorderRow[row] = true;
        for (var i = 0; i < 2 * Reach; i++)
        {
            _alpha[i] = new float[grid.Size.Width];
            _regions[i] = new byte[grid.Size.Width];
        }
    }

    /// <summary>The figure of the rows seen so far.</summary>
    public SeamFigure Figure => _samples == 0 ? default : new(_across / _samples, _beside / _samples, _samples);

    /// <inheritdoc/>
    public void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstRow, _next);
        var width = _grid.Size.Width;
        for (; !alpha.IsEmpty; alpha = alpha[width..], regions = regions[width..])
        {
            AcrossColumns(alpha[..width], regions[..width]);
            alpha[..width].CopyTo(_alpha[_next % (2 * Reach)]);
            regions[..width].CopyTo(_regions[_next % (2 * Reach)]);
            _next++;
            if (_next >= 2 * Reach && _isBorderRow[_next - Reach]) AcrossRow(_next - Reach);
        }
    }

    private void AcrossColumns(ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions)
    {
        foreach (var x in _columns)
            if (regions.Slice(x - Reach, 2 * Reach).IndexOfAnyExcept((byte)Region.Unknown) < 0)
                Add(alpha[x - 2], alpha[x - 1], alpha[x], alpha[x + 1]);
    }

    private void AcrossRow(int border)
    {
        int Ring(int row) => row % (2 * Reach);
        var (a, b, c, d) = (Ring(border - 2), Ring(border - 1), Ring(border), Ring(border + 1));
        const byte Unknown = (byte)Region.Unknown;
        for (var x = 0; x < _grid.Size.Width; x++)
            if (_regions[a][x] == Unknown && _regions[b][x] == Unknown && _regions[c][x] == Unknown && _regions[d][x] == Unknown)
                Add(_alpha[a][x], _alpha[b][x], _alpha[c][x], _alpha[d][x]);
    }

    private void Add(float a, float b, float c, float d)
    {
        _across += Math.Abs((double)c - b);
        _beside += (Math.Abs((double)b - a) + Math.Abs((double)d - c)) / 2;
        _samples++;
    }

    // Positions of the pixel after each border that has room for the pixels beside it.
    private IEnumerable<int> Borders(int patches, int length) =>
        Enumerable.Range(1, patches - 1)
            .SelectMany(k => new[] { k * _grid.Step, k * _grid.Step + _grid.Margin })
            .Distinct()
            .Where(border => border >= Reach && border <= length - Reach);
}
