using System.Numerics;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Strokes;

namespace DistributedMatting.Scenes.Overlays;

/// <summary>One leaf on its stalk: a stroke whose width is a leaf's outline, with a toothed edge.</summary>
internal static class Leaf
{
    private const int Vertices = 40;
    private static readonly Vector3 Green = new(0.10f, 0.135f, 0.030f);
    private static readonly Vector3 Gold = new(0.42f, 0.205f, 0.042f);
    private static readonly Vector3 Russet = new(0.30f, 0.085f, 0.028f);

    public static void Add(
        ref SceneRandom random, Vector2 at, float angle, float depth, StrokeLayer bark, StrokeLayer leaves)
    {
        var length = random.Range(0.016f, 0.040f);
        var width = length * random.Range(0.14f, 0.30f);
        angle += 0.35f * MathF.Sin(1.5708f - angle);
        var bend = random.Range(-0.9f, 0.9f);
        var stalk = length * random.Range(0.18f, 0.35f);
        var colour = Vector3.Lerp(Vector3.Lerp(Green, Gold, random.Unit()), Russet, 0.85f * random.Unit()) * random.Range(0.40f, 1.25f);

        Span<Vector2> points = stackalloc Vector2[Vertices];
        Span<Vector2> tangents = stackalloc Vector2[Vertices];
        var p = at;
        for (var i = 0; i < Vertices; i++)
        {
            points[i] = p;
            var t = (float)i / (Vertices - 1);
            var heading = angle + bend * t;
            p += new Vector2(MathF.Cos(heading), MathF.Sin(heading)) * ((stalk + length) / (Vertices - 1));
        }

        StrokeLayer.Tangents(points, tangents);
        var bladeFrom = (int)(Vertices * stalk / (stalk + length));
        var vertices = new StrokeVertex[Vertices];
        for (var i = 0; i <= bladeFrom; i++)
        {
            vertices[i] = new StrokeVertex(points[i], tangents[i], 0.00045f, new Vector3(0.12f, 0.075f, 0.04f), 1f, (float)i / Vertices);
        }

        bark.Add(depth + 0.05f, vertices[..(bladeFrom + 1)]);
        var point = random.Range(1.15f, 1.8f);
        for (var i = bladeFrom; i < Vertices; i++)
        {
            var t = (float)(i - bladeFrom) / (Vertices - 1 - bladeFrom);
            var outline = MathF.Sin(MathF.PI * MathF.Pow(t, 0.72f)) * MathF.Pow(1f - t * t * t, point - 1f);
            var tooth = 1f - 0.10f * (i % 2) * Ramp.Smooth(0.05f, 0.3f, t);
            vertices[i] = new StrokeVertex(
                points[i], tangents[i], MathF.Max(0.0001f, width * outline * tooth), colour * (1f + 0.25f * t), 1f, t);
        }

        leaves.Add(depth, vertices[bladeFrom..]);
    }
}
