using System.Numerics;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Strokes;

namespace DistributedMatting.Scenes.Figure;

/// <summary>
/// Light on hair after Kajiya and Kay (1989): both terms depend on the angle between light and tangent only.
/// The second, coloured highlight of Marschner et al. (2003) is a shifted lobe; light from behind is
/// a forward lobe for strands in the open.
/// </summary>
internal static class HairShading
{
    private static readonly Vector3 Dark = new(0.030f, 0.0135f, 0.0075f);
    private static readonly Vector3 Fair = new(0.330f, 0.158f, 0.066f);
    private static readonly Vector3 Through = new(1.85f, 0.98f, 0.40f);
    private static readonly Vector3 Gleam = new(0.50f, 0.50f, 0.56f);

    public static void Light(IReadOnlyList<HairStrand> strands, Openness openness, float fromDepth, float toDepth, StrokeLayer into)
    {
        var lit = new StrokeVertex[strands.Count][];
        Parallel.For(0, strands.Count, i =>
        {
            if (strands[i].Depth >= fromDepth && strands[i].Depth < toDepth) lit[i] = Light(strands[i], openness);
        });
        for (var i = 0; i < lit.Length; i++)
        {
            if (lit[i] is { } vertices) into.Add(strands[i].Depth, vertices);
        }
    }

    private static StrokeVertex[] Light(HairStrand strand, Openness openness)
    {
        var points = strand.Points;
        var n = points.Length;
        var flat = new Vector2[n];
        var tangents = new Vector2[n];
        for (var i = 0; i < n; i++) flat[i] = new Vector2(points[i].X, points[i].Y);
        StrokeLayer.Tangents(flat, tangents);

        var own = Vector3.Lerp(Dark, Fair, strand.Tone);
        var vertices = new StrokeVertex[n];
        for (var i = 0; i < n; i++)
        {
            var t = (float)i / (n - 1);
            var tangent = Vector3.Normalize(points[Math.Min(i + 1, n - 1)] - points[Math.Max(i - 1, 0)]);
            var colour = Shade(own * (Ramp.Mix(0.75f, 1.35f, t) * Ramp.Mix(0.3f, 1f, Ramp.Smooth(0f, 0.09f, t))), tangent, points[i], strand, openness.At(points[i]));
            var taper = Ramp.Mix(0.25f, 1f, Ramp.Smooth(0f, 0.12f, t)) * Ramp.Mix(1f, 0.16f, t * t * t);
            vertices[i] = new StrokeVertex(flat[i], tangents[i], strand.Radius * taper, colour, Ramp.Mix(0.97f, 0.72f, t * t), t);
        }

        return vertices;
    }

    private static Vector3 Shade(Vector3 own, Vector3 tangent, Vector3 p, HairStrand strand, float open)
    {
        var (skyDot, skySin) = Angle(tangent, Body.Sky);
        var (sunDot, sunSin) = Angle(tangent, Body.Sun);
        var viewDot = tangent.Z;
        var viewSin = MathF.Sqrt(MathF.Max(0f, 1f - viewDot * viewDot));

        // Strands under others are darker; so is hair that faces away from the sky.
        var round = Ramp.Smooth(-0.05f, 0.14f, p.Z);
        var shelter = Ramp.Mix(0.30f, 1f, strand.Layer) * Ramp.Mix(0.35f, 1f, round);
        var shift = 0.10f * (strand.Tone - 0.5f);
        var first = Lobe(skyDot + 0.06f + shift, skySin, viewDot, viewSin, 44f);
        var second = Lobe(skyDot - 0.16f + shift, skySin, viewDot, viewSin, 12f);
        var rim = open * open * (0.25f + 0.75f * MathF.Pow(MathF.Max(0f, sunSin * viewSin - sunDot * viewDot), 2f));
        var bounce = 0.75f * skySin * shelter;
        return own * (0.22f * shelter + bounce + 1.1f * second * shelter)
            + Gleam * (0.20f * first * shelter * (0.4f + strand.Tone))
            + (own * 2.2f + new Vector3(0.05f, 0.03f, 0.015f)) * Through * (2.3f * rim);
    }

    private static (float Dot, float Sin) Angle(Vector3 tangent, Vector3 light)
    {
        var dot = Vector3.Dot(tangent, light);
        return (dot, MathF.Sqrt(MathF.Max(0f, 1f - dot * dot)));
    }

    private static float Lobe(float lightDot, float lightSin, float viewDot, float viewSin, float power) =>
        MathF.Pow(MathF.Max(0f, lightSin * viewSin - lightDot * viewDot), power);
}
