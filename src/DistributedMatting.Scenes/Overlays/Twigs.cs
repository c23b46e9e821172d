using System.Numerics;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Strokes;

namespace DistributedMatting.Scenes.Overlays;

/// <summary>Twigs that reach in from the left, and their autumn leaves.</summary>
internal static class Twigs
{
    public static void Grow(int seed, uint salt, StrokeLayer bark, StrokeLayer leaves)
    {
        var random = new SceneRandom(seed, 301);
        for (var i = 0; i < 5; i++)
        {
            var from = new Vector2(-0.03f, 0.03f + 0.105f * i + 0.05f * random.Unit());
            Branch(ref random, from, random.Range(-0.35f, 0.40f), random.Range(0.20f, 0.36f), random.Range(0.0022f, 0.0042f), 0, i, salt, bark, leaves);
        }
    }

    private static void Branch(
        ref SceneRandom random, Vector2 from, float angle, float length, float radius, int order, float depth, uint salt,
        StrokeLayer bark, StrokeLayer leaves)
    {
        var n = order == 0 ? 30 : 16;
        var points = new Vector2[n];
        var tangents = new Vector2[n];
        var step = length / (n - 1);
        var p = from;
        var knot = random.Range(0f, 50f);
        for (var i = 0; i < n; i++)
        {
            points[i] = p;
            angle += 0.16f * random.Normal() + 0.10f * GradientNoise.At(i * 0.35f, knot, salt + 81);
            p += new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * step;
        }

        StrokeLayer.Tangents(points, tangents);
        var vertices = new StrokeVertex[n];
        for (var i = 0; i < n; i++)
        {
            var t = (float)i / (n - 1);
            var swelling = 1f + 0.18f * GradientNoise.At(i * 0.9f, knot + 7f, salt + 82);
            vertices[i] = new StrokeVertex(
                points[i], tangents[i], radius * Ramp.Mix(1f, 0.16f, t) * swelling, new Vector3(0.105f, 0.078f, 0.060f), 1f, t);
        }

        bark.Add(depth - 0.1f * order, vertices);

        for (var i = order == 0 ? 5 : 3; i < n; i += 1 + (int)(3f * random.Unit()))
        {
            var t = (float)i / (n - 1);
            var side = random.Unit() < 0.5f ? -1f : 1f;
            var heading = MathF.Atan2(tangents[i].Y, tangents[i].X);
            if (order < 2 && random.Unit() < (order == 0 ? 0.42f : 0.18f))
            {
                Branch(ref random, points[i], heading + side * random.Range(0.4f, 0.9f), length * random.Range(0.22f, 0.5f),
                    radius * Ramp.Mix(1f, 0.3f, t) * 0.55f, order + 1, depth, salt, bark, leaves);
            }
            else if (random.Unit() < 0.52f)
            {
                Leaf.Add(ref random, points[i], heading + side * random.Range(0.3f, 1.3f), depth + 0.3f * random.Signed(), bark, leaves);
            }
        }

        Leaf.Add(ref random, points[^1], angle, depth, bark, leaves);
    }
}
