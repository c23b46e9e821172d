using System.Numerics;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Strokes;

namespace DistributedMatting.Scenes.Figure;

/// <summary>The fur collar: clumped underwool with long guard hairs, shingled over an ellipsoid.</summary>
internal static class FurCollar
{
    private const int Clumps = 4200;
    private const int Vertices = 7;

    public static void Grow(int seed, uint salt, StrokeLayer into)
    {
        var grown = new List<(float, StrokeVertex[])>[Clumps];
        Parallel.For(0, Clumps, i => grown[i] = Clump(seed, i, salt));
        foreach (var (depth, vertices) in grown.SelectMany(g => g)) into.Add(depth, vertices);
    }

    private static List<(float Depth, StrokeVertex[] Vertices)> Clump(int seed, int index, uint salt)
    {
        var random = new SceneRandom(seed, 201, index);
        var direction = random.Sphere();
        if (direction.Z < -0.35f) direction.Z = -direction.Z;
        var root = Body.Collar.OnSurface(direction);
        var normal = Body.Collar.Normal(root);
        var comb = new Vector3(0.5f * (root.X - Body.Spine) / 0.272f, 0.9f, 0.1f)
            + 0.7f * new Vector3(GradientNoise.At(root.X * 14f, root.Y * 14f, salt + 51), 0.5f * GradientNoise.At(root.X * 14f + 5f, root.Y * 14f, salt + 52), 0f)
            + 0.35f * random.Sphere();
        comb -= normal * Vector3.Dot(comb, normal);
        var heading = Vector3.Normalize(normal * random.Range(0.55f, 1.0f) + comb * 0.75f);
        var length = random.Range(0.030f, 0.054f);
        var tone = Math.Clamp(0.5f + 0.5f * GradientNoise.Octaves(root.X * 22f, root.Y * 22f, 2, salt + 53) + 0.15f * random.Normal(), 0f, 1f);
        var meet = root + heading * length * 1.05f + random.Sphere() * 0.004f;

        var strands = new List<(float, StrokeVertex[])>();
        var count = 16 + (int)(12f * random.Unit());
        for (var s = 0; s < count; s++)
        {
            var guard = random.Unit() < 0.12f;
            var from = Seat(root, random.Sphere() * 0.009f);
            // Strands of a clump lean to where they meet; guard hairs pass it.
            var own = from + heading * length * random.Range(0.7f, 1.1f) + random.Sphere() * 0.003f;
            var to = Vector3.Lerp(own, meet, random.Range(0.35f, 0.8f));
            if (guard) to = from + (to - from) * random.Range(1.15f, 1.55f) + random.Sphere() * 0.006f;
            strands.Add((from.Z + 0.1f * (0.7f - from.Y), Strand(ref random, from, to, normal, tone, guard)));
        }

        return strands;
    }

    private static Vector3 Seat(Vector3 root, Vector3 offset)
    {
        var p = root + offset;
        return Body.Collar.Centre + (p - Body.Collar.Centre) / Body.Collar.Depth(p);
    }

    private static StrokeVertex[] Strand(
        ref SceneRandom random, Vector3 from, Vector3 to, Vector3 normal, float tone, bool guard)
    {
        var points = new Vector2[Vertices];
        var tangents = new Vector2[Vertices];
        var bend = normal * (0.22f * (to - from).Length()) + random.Sphere() * 0.0025f;
        for (var i = 0; i < Vertices; i++)
        {
            var t = (float)i / (Vertices - 1);
            var p = Vector3.Lerp(from, to, t) + bend * (t * (1f - t) * 2f);
            points[i] = new Vector2(p.X, p.Y);
        }

        StrokeLayer.Tangents(points, tangents);
        var tangent = Vector3.Normalize(to - from);
        var radius = guard ? random.Range(0.00028f, 0.00042f) : random.Range(0.00022f, 0.00040f);
        var vertices = new StrokeVertex[Vertices];
        for (var i = 0; i < Vertices; i++)
        {
            var t = (float)i / (Vertices - 1);
            vertices[i] = new StrokeVertex(
                points[i], tangents[i], radius * Ramp.Mix(1f, 0.12f, t * t), Colour(t, tone, guard, tangent, normal),
                Ramp.Mix(1f, 0.75f, t), t);
        }

        return vertices;
    }

    private static Vector3 Colour(float t, float tone, bool guard, Vector3 tangent, Vector3 normal)
    {
        var wool = Vector3.Lerp(new Vector3(0.055f, 0.036f, 0.026f), new Vector3(0.50f, 0.375f, 0.255f), Ramp.Smooth(0.05f, 0.85f, t) * (0.35f + 0.65f * tone));
        // Guard hairs are banded: pale, then a dark tip, as a fox's or coyote's are.
        if (guard) wool = Vector3.Lerp(wool * 1.25f, new Vector3(0.04f, 0.026f, 0.02f), Ramp.Smooth(0.62f, 0.8f, t));
        var sky = Vector3.Dot(tangent, Body.Sky);
        var facing = 0.35f + 0.65f * MathF.Max(0f, Vector3.Dot(normal, Body.Sky));
        var depth = Ramp.Mix(0.25f, 1f, Ramp.Smooth(0f, 0.7f, t));
        var edge = Ramp.Smooth(0.45f, -0.05f, normal.Z) * Ramp.Smooth(0.25f, 1f, t);
        var sunward = 0.35f + 0.65f * Ramp.Smooth(-0.6f, 0.7f, normal.X);
        return wool * (depth * facing * (0.30f + 0.85f * MathF.Sqrt(MathF.Max(0f, 1f - sky * sky))))
            + new Vector3(1.7f, 0.95f, 0.45f) * (wool.X * 2.4f * edge * sunward);
    }
}
