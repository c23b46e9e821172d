using DistributedMatting.Core.Plates;

namespace DistributedMatting.Scenes.Trimaps;

/// <summary>
/// A trimap from the true alpha: unknown is every pixel within a disc's reach of one that is neither 0
/// nor 1, and what the brush went over. Exact Euclidean distance: for every column the nearest mixed row,
/// then for every row the span of the disc at that height; a few steps a pixel, whatever the radius.
/// </summary>
internal sealed class TrimapPainter
{
    /// <summary>Reach at 6000 pixels; it scales with the plate.</summary>
    private const float ReachAt6000 = 20f;

    private readonly Scene _scene;
    private readonly int[] _spans;
    private readonly int[] _since;
    private readonly int[] _marks;
    private readonly bool[] _unknown;
    private int[] _above = [];

    public TrimapPainter(Scene scene)
    {
        _scene = scene;
        Radius = Math.Max(2, (int)MathF.Round(ReachAt6000 * scene.Size.Width / 6000f));
        _spans = [.. Enumerable.Range(0, Radius + 1).Select(d => (int)Math.Sqrt((double)(Radius * Radius) - d * d))];
        _since = new int[scene.Size.Width];
        _marks = new int[scene.Size.Width + 1];
        _unknown = new bool[scene.Size.Width];
    }

    /// <summary>A row of "alpha is neither 0 nor 1".</summary>
    public delegate ReadOnlySpan<bool> MixedRow(int y);

    /// <summary>Reach of the dilation in pixels: rows needed above and below a band.</summary>
    public int Radius { get; }

    public void Paint(int firstRow, int rows, MixedRow mixed, SceneBand into)
    {
        var width = _scene.Size.Width;
        if (_above.Length < rows * width) _above = new int[rows * width];

        // Down: distance to the nearest mixed pixel above, or here.
        Array.Fill(_since, Radius + 1);
        for (var y = Math.Max(0, firstRow - Radius); y < firstRow + rows; y++)
        {
            Step(mixed(y));
            if (y >= firstRow) _since.CopyTo(_above, (y - firstRow) * width);
        }

        // Up: the same from below; the nearer of the two counts.
        Array.Fill(_since, Radius + 1);
        for (var y = Math.Min(_scene.Size.Height - 1, firstRow + rows - 1 + Radius); y >= firstRow; y--)
        {
            Step(mixed(y));
            if (y < firstRow + rows) Row(y, y - firstRow, into);
        }
    }

    private void Step(ReadOnlySpan<bool> mixed)
    {
        for (var x = 0; x < mixed.Length; x++) _since[x] = mixed[x] ? 0 : Math.Min(_since[x] + 1, Radius + 1);
    }

    private void Row(int y, int row, SceneBand into)
    {
        var width = _scene.Size.Width;
        Array.Clear(_marks);
        for (var x = 0; x < width; x++)
        {
            var distance = Math.Min(_since[x], _above[row * width + x]);
            if (distance > Radius) continue;
            _marks[Math.Max(0, x - _spans[distance])]++;
            _marks[Math.Min(width, x + _spans[distance] + 1)]--;
        }

        Array.Clear(_unknown);
        _scene.Brush.Mark(y, _unknown);
        var open = 0;
        for (var x = 0; x < width; x++)
        {
            open += _marks[x];
            var alpha = into.Alpha[row * width + x];
            into.Trimap[row * width + x] = (byte)(open > 0 || _unknown[x]
                ? Region.Unknown
                : alpha > 0f ? Region.Foreground : Region.Background);
        }
    }
}
