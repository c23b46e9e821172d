using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Trimaps;

/// <summary>
/// Where an artist has gone over the plate. Broad strokes mark as unknown what is tedious to outline: flying hair,
/// smoke, twigs; their width makes some patches of 320 pixels wholly unknown. Fine ones follow a stretch of the
/// fence closely enough to know its wires for sure: the rest of it has to be told by them.
/// </summary>
internal sealed class BrushStrokes
{
    // x, y, radius, in plate widths; a radius of 0 ends a stroke.
    private static readonly Vector3[] s_broad =
    [
        new(0.625f, 0.30f, 0.050f), new(0.665f, 0.38f, 0.052f), new(0.650f, 0.47f, 0.046f), new(0f, 0f, 0f),
        new(0.325f, 0.36f, 0.040f), new(0.315f, 0.44f, 0.044f), new(0f, 0f, 0f),
        new(0.115f, 0.76f, 0.056f), new(0.155f, 0.68f, 0.058f), new(0f, 0f, 0f),
        new(0.120f, 0.13f, 0.034f), new(0.160f, 0.15f, 0.032f), new(0f, 0f, 0f),
    ];

    private static readonly Vector3[] s_fine =
    [
        new(0.790f, 0.030f, 0.024f), new(0.860f, 0.060f, 0.026f), new(0.930f, 0.110f, 0.024f), new(0f, 0f, 0f),
        new(0.950f, 0.260f, 0.024f), new(0.985f, 0.330f, 0.022f), new(0f, 0f, 0f),
    ];

    private readonly (Vector2 From, Vector2 To, float Radius)[] _broad;
    private readonly (Vector2 From, Vector2 To, float Radius)[] _fine;
    private readonly int _size;

    public BrushStrokes(int size, int seed)
    {
        _size = size;
        var random = new SceneRandom(seed, 601);
        _broad = Draw(s_broad, ref random);
        _fine = Draw(s_fine, ref random);
    }

    /// <summary>Marks the pixels of one row that are unknown, whatever their alpha.</summary>
    public void MarkBroad(int y, Span<bool> unknown) => Mark(_broad, y, unknown);

    /// <summary>Marks the pixels of one row where unknown reaches no farther than a fine brush needs.</summary>
    public void MarkFine(int y, Span<bool> fine) => Mark(_fine, y, fine);

    private static (Vector2 From, Vector2 To, float Radius)[] Draw(Vector3[] plan, ref SceneRandom random)
    {
        var strokes = new List<(Vector2, Vector2, float)>();
        for (var i = 1; i < plan.Length; i++)
        {
            if (plan[i].Z == 0f || plan[i - 1].Z == 0f) continue;

            var shake = random.Disc() * 0.006f;
            strokes.Add((
                new Vector2(plan[i - 1].X, plan[i - 1].Y) + shake, new Vector2(plan[i].X, plan[i].Y) + shake,
                plan[i].Z * random.Range(0.97f, 1.06f)));
        }

        return [.. strokes];
    }

    private void Mark((Vector2 From, Vector2 To, float Radius)[] strokes, int y, Span<bool> row)
    {
        var v = (y + 0.5f) / _size;
        foreach (var (from, to, radius) in strokes)
        {
            if (v < MathF.Min(from.Y, to.Y) - radius || v > MathF.Max(from.Y, to.Y) + radius) continue;

            var d = to - from;
            var left = Math.Max(0, (int)((MathF.Min(from.X, to.X) - radius) * _size));
            var right = Math.Min(_size, (int)((MathF.Max(from.X, to.X) + radius) * _size) + 1);
            for (var x = left; x < right; x++)
            {
                var p = new Vector2((x + 0.5f) / _size, v);
                var t = Math.Clamp(Vector2.Dot(p - from, d) / d.LengthSquared(), 0f, 1f);
                if ((p - from - t * d).LengthSquared() <= radius * radius) row[x] = true;
            }
        }
    }
}
