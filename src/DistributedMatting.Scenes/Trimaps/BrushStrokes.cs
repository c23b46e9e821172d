using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Trimaps;

/// <summary>
/// Where an artist has gone over the plate with a broad brush, marking as unknown what is tedious to
/// outline: flying hair, smoke, twigs. Their width makes some patches of 320 pixels wholly unknown.
/// </summary>
internal sealed class BrushStrokes
{
    private readonly (Vector2 From, Vector2 To, float Radius)[] _strokes;
    private readonly int _size;

    public BrushStrokes(int size, int seed)
    {
        _size = size;
        var random = new SceneRandom(seed, 601);
        Vector3[] plan =
        [
            // x, y, radius; a radius of 0 ends a stroke.
            new(0.625f, 0.30f, 0.050f), new(0.665f, 0.38f, 0.052f), new(0.650f, 0.47f, 0.046f), new(0f, 0f, 0f),
            new(0.325f, 0.36f, 0.040f), new(0.315f, 0.44f, 0.044f), new(0f, 0f, 0f),
            new(0.115f, 0.76f, 0.056f), new(0.155f, 0.68f, 0.058f), new(0f, 0f, 0f),
            new(0.120f, 0.13f, 0.034f), new(0.160f, 0.15f, 0.032f), new(0f, 0f, 0f),
        ];
        var strokes = new List<(Vector2, Vector2, float)>();
        for (var i = 1; i < plan.Length; i++)
        {
            if (plan[i].Z == 0f || plan[i - 1].Z == 0f) continue;

            var shake = random.Disc() * 0.006f;
            strokes.Add((
                new Vector2(plan[i - 1].X, plan[i - 1].Y) + shake, new Vector2(plan[i].X, plan[i].Y) + shake,
                plan[i].Z * random.Range(0.97f, 1.06f)));
        }

        _strokes = [.. strokes];
    }

    /// <summary>Marks the pixels of one row.</summary>
    public void Mark(int y, Span<bool> unknown)
    {
        var v = (y + 0.5f) / _size;
        foreach (var (from, to, radius) in _strokes)
        {
            if (v < MathF.Min(from.Y, to.Y) - radius || v > MathF.Max(from.Y, to.Y) + radius) continue;

            var d = to - from;
            var left = Math.Max(0, (int)((MathF.Min(from.X, to.X) - radius) * _size));
            var right = Math.Min(_size, (int)((MathF.Max(from.X, to.X) + radius) * _size) + 1);
            for (var x = left; x < right; x++)
            {
                var p = new Vector2((x + 0.5f) / _size, v);
                var t = Math.Clamp(Vector2.Dot(p - from, d) / d.LengthSquared(), 0f, 1f);
                if ((p - from - t * d).LengthSquared() <= radius * radius) unknown[x] = true;
            }
        }
    }
}
