using System.Numerics;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Strokes;

namespace DistributedMatting.Scenes.Overlays;

/// <summary>A torn chain-link fence in the upper right corner: zigzag wires that hook into each other.</summary>
internal static class Fence
{
    private const float Pitch = 0.0285f;
    private const float Radius = 0.00105f;
    private const int PerBend = 8;

    public static void String(int seed, uint salt, StrokeLayer into)
    {
        var random = new SceneRandom(seed, 401);
        var wires = (int)(0.55f / (Pitch * 0.5f));
        for (var w = 0; w < wires; w++)
        {
            var from = random.Range(-0.012f, 0.012f);
            Wire(ref random, 0.60f + w * Pitch * 0.5f, w % 2 == 0 ? 1f : -1f, from, salt, into);
        }
    }

    private static void Wire(ref SceneRandom random, float column, float side, float fray, uint salt, StrokeLayer into)
    {
        var run = new List<Vector2>();
        var bends = (int)(0.75f / (Pitch * 0.55f));
        for (var i = 0; i <= bends * PerBend; i++)
        {
            var phase = (float)i / PerBend;
            var k = (int)MathF.Floor(phase);
            var t = phase - k;
            // A triangle wave with its corners rounded where the wires hook.
            var zig = (k % 2 == 0 ? 1f - 2f * t : 2f * t - 1f) * side;
            zig = 1.06f * MathF.Sin(1.5708f * Math.Clamp(zig, -1f, 1f)) * 0.35f + 0.70f * zig;
            var flat = new Vector2(column + zig * Pitch * 0.25f * 1.04f, -0.06f + phase * Pitch * 0.55f);
            if (Within(flat, fray, salt))
            {
                run.Add(Warp(flat, salt));
                continue;
            }

            Add(ref random, run, column, into);
            run.Clear();
        }

        Add(ref random, run, column, into);
    }

    /// <summary>The fence ends in a ragged curve from the top edge to the right one.</summary>
    private static bool Within(Vector2 p, float fray, uint salt)
    {
        var x = (p.X - 0.635f) / 0.365f;
        var edge = 0.54f * x * x * (1.3f - 0.3f * x) + 0.07f * x + 0.035f * GradientNoise.Octaves(p.X * 9f, 0.5f, 3, salt + 91) + fray;
        return p.Y < edge - 0.03f;
    }

    private static Vector2 Warp(Vector2 p, uint salt) => p
        + new Vector2(
            0.010f * GradientNoise.At(p.X * 4f, p.Y * 4f, salt + 92) + 0.10f * (p.Y - 0.1f),
            0.014f * GradientNoise.At(p.X * 3f + 4f, p.Y * 3f, salt + 93) - 0.06f * (p.X - 0.8f));

    private static void Add(ref SceneRandom random, List<Vector2> run, float depth, StrokeLayer into)
    {
        if (run.Count < 3) return;

        Curl(ref random, run);
        var points = run.ToArray();
        var tangents = new Vector2[points.Length];
        StrokeLayer.Tangents(points, tangents);
        var vertices = new StrokeVertex[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            // In the hooks one wire lies in the other's shade.
            var hook = MathF.Abs((float)(i % PerBend) / PerBend - 0.5f) * 2f;
            vertices[i] = new StrokeVertex(
                points[i], tangents[i], Radius, new Vector3(0.25f, 0.26f, 0.27f) * (1f - 0.40f * Ramp.Smooth(0.7f, 1f, hook)), 1f, 0f);
        }

        into.Add(depth, vertices);
    }

    /// <summary>A cut end springs out of the mesh.</summary>
    private static void Curl(ref SceneRandom random, List<Vector2> run)
    {
        var heading = run[^1] - run[^2];
        var step = MathF.Max(heading.Length(), 0.0012f);
        var angle = MathF.Atan2(heading.Y, heading.X);
        var turn = random.Range(-0.28f, 0.28f);
        var count = 4 + (int)(16f * random.Unit());
        for (var i = 0; i < count; i++)
        {
            angle += turn;
            run.Add(run[^1] + new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * step);
        }
    }
}
