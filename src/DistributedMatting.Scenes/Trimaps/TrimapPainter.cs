using DistributedMatting.Core.Plates;

namespace DistributedMatting.Scenes.Trimaps;

/// <summary>
/// A trimap from the true alpha: unknown is every pixel within a disc's reach of one that is neither 0
/// nor 1, and what the broad brush went over; where the fine brush went the disc is smaller. Exact Euclidean distance: for every column the nearest mixed row,
/// then for every row the span of the disc at that height; a few steps a pixel, whatever the radius.
/// </summary>
internal sealed class TrimapPainter
{
    /// <summary>Reach at 6000 pixels; it scales with the plate.</summary>
    private const float ReachAt6000 = 20f;

    /// <summary>The same for the fine brush: less than half a fence's wire.</summary>
    private const float FineReachAt6000 = 4f;

    private readonly Scene _scene;
    private readonly Discs _wide;
    private readonly Discs _close;
    private readonly int[] _since;
    private readonly bool[] _unknown;
    private readonly bool[] _fine;
    private int[] _above = [];

    public TrimapPainter(Scene scene)
    {
        _scene = scene;
        _wide = new Discs(Reach(ReachAt6000), scene.Size.Width);
        _close = new Discs(Reach(FineReachAt6000), scene.Size.Width);
        _since = new int[scene.Size.Width];
        _unknown = new bool[scene.Size.Width];
        _fine = new bool[scene.Size.Width];
    }

    /// <summary>A row of "alpha is neither 0 nor 1".</summary>
    public delegate ReadOnlySpan<bool> MixedRow(int y);

    /// <summary>Reach of the dilation in pixels: rows needed above and below a band.</summary>
    public int Radius => _wide.Radius;

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
        _wide.Begin();
        _close.Begin();
        for (var x = 0; x < width; x++)
        {
            var distance = Math.Min(_since[x], _above[row * width + x]);
            _wide.Add(x, distance);
            _close.Add(x, distance);
        }

        Array.Clear(_unknown);
        Array.Clear(_fine);
        _scene.Brush.MarkBroad(y, _unknown);
        _scene.Brush.MarkFine(y, _fine);
        for (var x = 0; x < width; x++)
        {
            var (wide, close) = (_wide.Covers(x), _close.Covers(x));
            var alpha = into.Alpha[row * width + x];
            into.Trimap[row * width + x] = (byte)(_unknown[x] || (_fine[x] ? close : wide)
                ? Region.Unknown
                : alpha > 0f ? Region.Foreground : Region.Background);
        }
    }

    private int Reach(float at6000) => Math.Max(2, (int)MathF.Round(at6000 * _scene.Size.Width / 6000f));
}
