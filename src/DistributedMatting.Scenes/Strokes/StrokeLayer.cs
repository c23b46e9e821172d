using System.Numerics;

namespace DistributedMatting.Scenes.Strokes;

/// <summary>Many strokes of one kind, as they are made: in any order.</summary>
internal sealed class StrokeLayer(StrokeKind kind)
{
    private readonly List<(float Depth, StrokeVertex[] Vertices)> _strokes = [];

    public StrokeKind Kind { get; } = kind;

    /// <summary>Adds a stroke; <paramref name="depth"/> grows toward the viewer.</summary>
    public void Add(float depth, StrokeVertex[] vertices)
    {
        if (vertices.Length >= 2) _strokes.Add((depth, vertices));
    }

    /// <summary>All vertices, nearest stroke first, and the first vertex of every segment in that order.</summary>
    public (StrokeVertex[] Vertices, int[] Segments) FrontToBack()
    {
        // OrderBy is stable: strokes of equal depth keep the order in which they were added.
        var ordered = _strokes.OrderByDescending(s => s.Depth).ToList();
        var vertices = new StrokeVertex[ordered.Sum(s => s.Vertices.Length)];
        var segments = new int[vertices.Length - ordered.Count];
        var (v, n) = (0, 0);
        foreach (var (_, stroke) in ordered)
        {
            stroke.CopyTo(vertices, v);
            for (var i = 0; i < stroke.Length - 1; i++) segments[n++] = v + i;
            v += stroke.Length;
        }

        return (vertices, segments);
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
