using DistributedMatting.Scenes.Rendering;

namespace DistributedMatting.Scenes.Strokes;

/// <summary>For every tile of the plate, the segments that may cross it, nearest first.</summary>
internal sealed class StrokeIndex
{
    private readonly StrokeVertex[] _vertices;
    private readonly int[] _starts;
    private readonly int[] _segments;
    private readonly int _tiles;

    public StrokeIndex(StrokeLayer layer, int size)
    {
        Kind = layer.Kind;
        (_vertices, var ordered) = layer.FrontToBack();
        _tiles = TileBuffer.TilesAlong(size);
        _starts = new int[_tiles * _tiles + 1];

        foreach (var segment in ordered)
        {
            var (left, top, right, bottom) = Reach(segment, size);
            for (var y = top; y <= bottom; y++)
            {
                for (var x = left; x <= right; x++) _starts[y * _tiles + x + 1]++;
            }
        }

        for (var i = 0; i < _starts.Length - 1; i++) _starts[i + 1] += _starts[i];

        _segments = new int[_starts[^1]];
        var next = _starts.AsSpan(0, _tiles * _tiles).ToArray();
        foreach (var segment in ordered)
        {
            var (left, top, right, bottom) = Reach(segment, size);
            for (var y = top; y <= bottom; y++)
            {
                for (var x = left; x <= right; x++) _segments[next[y * _tiles + x]++] = segment;
            }
        }
    }

    public StrokeKind Kind { get; }

    public ReadOnlySpan<StrokeVertex> Vertices => _vertices;

    /// <summary>Segments (indices of their first vertices) that may cross a tile.</summary>
    public ReadOnlySpan<int> In(int tileX, int tileY)
    {
        var tile = tileY * _tiles + tileX;
        return _segments.AsSpan(_starts[tile].._starts[tile + 1]);
    }

    private (int Left, int Top, int Right, int Bottom) Reach(int segment, int size)
    {
        ref readonly var a = ref _vertices[segment];
        ref readonly var b = ref _vertices[segment + 1];
        var pad = MathF.Max(a.Radius, b.Radius) * size + 2f;
        return (
            Math.Max(0, Tile(MathF.Min(a.Position.X, b.Position.X) * size - pad)),
            Math.Max(0, Tile(MathF.Min(a.Position.Y, b.Position.Y) * size - pad)),
            Math.Min(_tiles - 1, Tile(MathF.Max(a.Position.X, b.Position.X) * size + pad)),
            Math.Min(_tiles - 1, Tile(MathF.Max(a.Position.Y, b.Position.Y) * size + pad)));
    }

    private static int Tile(float pixel) => (int)MathF.Floor(pixel / TileBuffer.Side);
}
