using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Figure;

/// <summary>One strand around its lock's guide.</summary>
internal static class HairCurl
{
    /// <param name="random">The lock's chance, drawn from in order.</param>
    /// <param name="guide">The lock's path.</param>
    /// <param name="place">Where in the lock's cross-section, in the unit disc.</param>
    /// <param name="spread">Radius of the lock at its root.</param>
    /// <param name="tip">Its radius at the tip, as a part of <paramref name="spread"/>.</param>
    /// <param name="wave">Height of the waves that the lock shares.</param>
    /// <param name="turns">Waves along the lock.</param>
    /// <param name="phase">Where they begin.</param>
    /// <param name="stray">0 stays … 1 leaves the lock in a curl of its own.</param>
    public static Vector3[] Strand(
        ref SceneRandom random, Vector3[] guide, Vector2 place, float spread, float tip, float wave, float turns,
        float phase, float stray)
    {
        // Strays bend more, and are seen one by one: they need more points to be smooth.
        var points = new Vector3[stray > 0f ? 3 * guide.Length : guide.Length];
        // Roots of a lock do not lie in one row, or its end at the scalp would look cut.
        var start = 0.07f * random.Unit() * random.Unit();
        var length = random.Range(0.72f, 1f);
        var frizz = random.Range(0.0004f, 0.0016f);
        var frizzTurns = random.Range(5f, 11f);
        var frizzPhase = random.Range(0f, 6.28f);
        var ownPhase = phase + 0.45f * random.Normal() * (1f + stray);
        var leave = new Vector3(random.Normal() * 0.8f + 0.45f, random.Normal() * 0.7f - 0.1f, random.Normal() * 0.4f) * (0.075f * stray);
        var curl = stray * random.Range(0.004f, 0.020f);
        var curlTurns = random.Range(1.5f, 4.5f);
        for (var i = 0; i < points.Length; i++)
        {
            var t = (float)i / (points.Length - 1);
            var at = Ramp.Mix(start, length, t) * (guide.Length - 1);
            var k = Math.Min((int)at, guide.Length - 2);
            var p = Smooth(guide, k, at - k);
            var tangent = Vector3.Normalize(Smooth(guide, k, MathF.Min(at - k + 0.1f, 1.1f)) - Smooth(guide, k, at - k - 0.1f) + new Vector3(0f, 1e-7f, 0f));
            var side = Vector3.Normalize(Vector3.Cross(tangent, Vector3.UnitZ) + new Vector3(1e-5f, 0f, 0f));
            var up = Vector3.Cross(side, tangent);

            var radius = spread * (Ramp.Mix(1f, 0.55f, Ramp.Smooth(0f, 0.45f, t)) + (tip - 0.55f) * Ramp.Smooth(0.45f, 1f, t));
            var (sin, cos) = MathF.SinCos(ownPhase + 6.2832f * turns * t);
            var grown = wave * MathF.Pow(t, 0.8f) * 1.4f;
            var (frizzSin, frizzCos) = MathF.SinCos(frizzPhase + 6.2832f * frizzTurns * t);
            var (curlSin, curlCos) = MathF.SinCos(frizzPhase + 6.2832f * curlTurns * t * t);
            var away = t * t;
            points[i] = p
                + side * (place.X * radius + sin * grown + frizzSin * frizz * t + curlSin * curl * away)
                + up * (place.Y * radius + cos * grown + frizzCos * frizz * t + curlCos * curl * away)
                + leave * (away * t);
        }

        return points;
    }

    /// <summary>Catmull–Rom between two points of a guide.</summary>
    private static Vector3 Smooth(Vector3[] guide, int k, float t)
    {
        var a = guide[Math.Max(k - 1, 0)];
        var b = guide[k];
        var c = guide[k + 1];
        var d = guide[Math.Min(k + 2, guide.Length - 1)];
        return b + 0.5f * t * (c - a + t * (2f * a - 5f * b + 4f * c - d + t * (3f * (b - c) + d - a)));
    }
}
