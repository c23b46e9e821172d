using System.Numerics;

namespace DistributedMatting.Scenes.Strokes;

/// <summary>Many strokes of one kind, front to back in the order of their keys.</summary>
internal sealed class StrokeLayer(StrokeKind kind)
{
    private readonly List<StrokeVertex> _vertices = [];
    private readonly List<(float Depth, int Start, int Count)> _strokes = [];

    public StrokeKind Kind { get; } = kind;

    public IReadOnlyList<StrokeVertex> Vertices => _vertices;

    /// <summary>Adds a stroke; <paramref name="depth"/> grows toward the viewer.</summary>
    public void Add(float depth, ReadOnlySpan<StrokeVertex> vertices)
    {
        if (vertices.Length < 2) return;

        _strokes.Add((depth, _vertices.Count, vertices.Length));
        _vertices.AddRange(vertices);
    }

    /// <summary>First vertices of all segments, nearest stroke first.</summary>
    public int[] SegmentsFrontToBack()
    {
        // Ties are settled by the order of adding: List.Sort alone is not stable.
        _strokes.Sort((a, b) => a.Depth != b.Depth ? b.Depth.CompareTo(a.Depth) : a.Start.CompareTo(b.Start));
        var segments = new int[_vertices.Count - _strokes.Count];
        var n = 0;
        foreach (var (_, start, count) in _strokes)
        {
            for (var i = start; i < start + count - 1; i++) segments[n++] = i;
        }

        return segments;
    }

    /// <summary>Tangents of a polyline by central differences.</summary>
    public static void Tangents(ReadOnlySpan<Vector2> points, Span<Vector2> tangents)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var d = points[Math.Min(i + 1, points.Length - 1)] - points[Math.Max(i - 1, 0)];
            var length = d.Length();
            tangents[i] = length > 1e-9f ? d / length : Vector2.UnitY;
        }
    }
}
