using System.Numerics;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Rendering;

namespace DistributedMatting.Scenes.Overlays;

/// <summary>
/// Smoke that rises on the left and drifts over the shoulder: noise bent by noise, inside a plume that
/// ends at a definite distance, so that beyond it alpha is exactly 0.
/// </summary>
internal sealed class Smoke(int size, uint salt)
{
    /// <summary>Alpha in the densest smoke.</summary>
    private const float Densest = 0.88f;

    private static readonly Vector3[] Plume =
    [
        // x, y, half width
        new(0.035f, 1.06f, 0.05f), new(0.060f, 0.90f, 0.075f), new(0.110f, 0.77f, 0.095f), new(0.170f, 0.665f, 0.095f),
        new(0.205f, 0.565f, 0.080f), new(0.195f, 0.480f, 0.055f), new(0.230f, 0.405f, 0.040f),
    ];

    public void Paint(TileBuffer tile)
    {
        var centre = new Vector2(tile.X + 32f, tile.Y + 32f) / size;
        if (Within(centre, 64f / size) <= 0f) return;

        for (var y = 0; y < tile.Height; y++)
        {
            for (var x = 0; x < tile.Width; x++)
            {
                var p = new Vector2((tile.X + x + 0.5f) / size, (tile.Y + y + 0.5f) / size);
                var envelope = Within(p, 0f);
                if (envelope <= 0f) continue;

                var (alpha, colour) = At(p, envelope);
                if (alpha > 0f) tile.Over(y * TileBuffer.Side + x, alpha, colour);
            }
        }
    }

    private (float Alpha, Vector3 Colour) At(Vector2 p, float envelope)
    {
        var bend = new Vector2(
            GradientNoise.Octaves(p.X * 6.5f, p.Y * 5f, 3, salt + 111),
            GradientNoise.Octaves(p.X * 6.5f + 7.7f, p.Y * 5f + 3.1f, 3, salt + 112));
        var q = p + 0.085f * bend;
        var wisps = GradientNoise.Octaves(q.X * 12f, q.Y * 7.5f, 6, salt + 113);
        var strands = 1f - MathF.Abs(GradientNoise.Octaves(q.X * 17f + 2f, q.Y * 10f, 4, salt + 114)) * 2.2f;
        var density = Ramp.Smooth(0f, 1f, envelope) * (0.58f + 0.95f * wisps + 0.32f * strands) - 0.10f;
        if (density <= 0f) return (0f, default);

        var alpha = Densest * (1f - MathF.Exp(-2.1f * density * density / (density + 0.18f)));
        // Thick smoke shades itself; its right side, toward the sun, is warm.
        var lit = 0.5f + 0.5f * (wisps - 0.6f * GradientNoise.Octaves((q.X + 0.012f) * 12f, (q.Y - 0.008f) * 7.5f, 3, salt + 113)) * 2f;
        var colour = Vector3.Lerp(new Vector3(0.30f, 0.32f, 0.37f), new Vector3(0.86f, 0.74f, 0.62f), Math.Clamp(lit, 0f, 1f));
        return (alpha, colour * (0.95f - 0.25f * density));
    }

    /// <summary>1 on the plume's axis, 0 at its border and beyond; <paramref name="slack"/> widens it.</summary>
    private static float Within(Vector2 p, float slack)
    {
        var best = 0f;
        for (var i = 0; i < Plume.Length - 1; i++)
        {
            var a = new Vector2(Plume[i].X, Plume[i].Y);
            var d = new Vector2(Plume[i + 1].X, Plume[i + 1].Y) - a;
            var t = Math.Clamp(Vector2.Dot(p - a, d) / d.LengthSquared(), 0f, 1f);
            var half = Ramp.Mix(Plume[i].Z, Plume[i + 1].Z, t) + slack;
            best = MathF.Max(best, 1f - (p - a - t * d).Length() / half);
        }

        return best;
    }
}
