using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Figure;

/// <summary>
/// The path of one lock: it leaves the scalp away from the whorl, slides over head and collar,
/// falls, and gives way to the wind as it gets free.
/// </summary>
internal static class HairGuide
{
    /// <summary>Vertices of a guide.</summary>
    public const int Count = 44;

    /// <summary>How strongly the fall is drawn together below the neck, so that the collar is seen on both sides.</summary>
    private const float Gather = 4.6f;

    /// <summary>Where the hair parts, as a direction from the head's centre.</summary>
    public static readonly Vector3 Whorl = Vector3.Normalize(new Vector3(0.10f, -0.86f, 0.50f));

    /// <param name="random">The lock's own chance.</param>
    /// <param name="direction">Unit vector from the head's centre to the root.</param>
    /// <param name="length">Length of the lock.</param>
    /// <param name="swell">How far off the head it lies: 1 is the skin.</param>
    /// <param name="wind">0 heavy … 1 carried away.</param>
    /// <param name="salt">The scene's salt.</param>
    public static Vector3[] Grow(
        ref SceneRandom random, Vector3 direction, float length, float swell, float wind, uint salt)
    {
        var points = new Vector3[Count];
        var step = length / (Count - 1);
        var p = Body.Head.OnSurface(direction, swell);
        var heading = direction * Vector3.Dot(direction, Whorl) - Whorl + random.Sphere() * 0.18f;
        // Combed flat: at the whorl itself chance alone gives the direction, and must not send a lock upward.
        var outward = Body.Head.Normal(p);
        heading = Vector3.Normalize(heading - outward * (0.92f * Vector3.Dot(heading, outward)));
        var lift = 0.6f + 0.4f * random.Unit();
        var gust = random.Signed();
        for (var i = 0; i < Count; i++)
        {
            points[i] = p;
            var t = (float)i / (Count - 1);
            var free = Ramp.Smooth(0.18f, 0.75f, t);
            var blow = wind * free;
            var swirl = new Vector3(
                GradientNoise.At(p.X * 7f + gust, p.Y * 7f + p.Z * 3f, salt + 41),
                GradientNoise.At(p.X * 7f + 9.7f, p.Y * 7f + gust - p.Z * 3f, salt + 42),
                0.5f * GradientNoise.At(p.X * 5f, p.Z * 7f + gust, salt + 43));
            var pull = new Vector3(0f, 1f - 0.75f * blow, 0f)
                + new Vector3(1.15f * lift, -0.42f * lift, 0.10f * gust) * blow * 1.25f
                + new Vector3(Gather * (Body.Spine + 0.015f - p.X) * Ramp.Smooth(0.36f, 0.56f, p.Y) * (1f - MathF.Min(1f, 1.4f * blow)), 0f, 0f)
                + swirl * (0.16f + 0.95f * blow);
            heading = Vector3.Normalize(heading + pull * (0.15f + 0.10f * blow));
            p += heading * step;
            Slide(Body.Head, swell, ref p, ref heading);
            if (p.Z > Body.Collar.Centre.Z - 0.05f) Slide(Body.Collar, 1.06f + 0.14f * (swell - 1f), ref p, ref heading);
        }

        return points;
    }

    private static void Slide(in Ellipsoid body, float swell, ref Vector3 p, ref Vector3 heading)
    {
        var depth = body.Depth(p) / swell;
        if (depth >= 1f) return;

        p = body.Centre + (p - body.Centre) / MathF.Max(depth, 0.05f);
        var normal = body.Normal(p);
        var inward = MathF.Min(0f, Vector3.Dot(heading, normal));
        heading = Vector3.Normalize(heading - normal * inward + new Vector3(0f, 1e-4f, 0f));
    }
}
