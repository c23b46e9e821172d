using System.Numerics;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Rendering;

namespace DistributedMatting.Scenes.Figure;

/// <summary>The coat: a silhouette with shoulders, folds, a back seam and a twill of visible threads.</summary>
internal sealed class Coat(int size, uint salt)
{
    private const float Top = 0.585f;

    public void Paint(TileBuffer tile)
    {
        if (tile.Full || (tile.Y + tile.Height) / (float)size < Top) return;

        for (var y = 0; y < tile.Height; y++)
        {
            var v = (tile.Y + y + 0.5f) / size;
            if (v < Top) continue;

            for (var x = 0; x < tile.Width; x++)
            {
                var pixel = y * TileBuffer.Side + x;
                if (tile.Open[pixel] == 0f) continue;

                var u = (tile.X + x + 0.5f) / size;
                var inside = Inside(u, v);
                var coverage = inside * size + 0.5f;
                if (coverage > 0f) tile.Over(pixel, MathF.Min(1f, coverage), Colour(u, v, inside));
            }
        }
    }

    /// <summary>Whether coat or collar lies behind a place.</summary>
    public bool Covers(float u, float v)
    {
        var x = (u - Body.Collar.Centre.X) / Body.Collar.Radii.X;
        var y = (v - Body.Collar.Centre.Y) / Body.Collar.Radii.Y;
        return x * x + y * y < 1f || (v > Top && Inside(u, v) > 0f);
    }

    /// <summary>Distance to the coat's edge, positive inside; near the edge only.</summary>
    private float Inside(float u, float v)
    {
        var (half, slope) = HalfWidth(v);
        var wobble = 0.010f * GradientNoise.Octaves(v * 7f, u < Body.Spine ? 3.3f : 8.8f, 3, salt + 61);
        return (half + wobble - MathF.Abs(u - Body.Spine)) / MathF.Sqrt(1f + slope * slope);
    }

    private static (float Half, float Slope) HalfWidth(float v)
    {
        var t = Math.Clamp((v - Top) / (1.06f - Top), 0f, 1f);
        var rest = 1f - t;
        var power = MathF.Pow(rest, 2.3f);
        return (0.06f + 0.335f * (1f - power * rest), 0.335f * 3.3f * power / (1.06f - Top));
    }

    private Vector3 Colour(float u, float v, float inside)
    {
        var (half, _) = HalfWidth(v);
        var s = Math.Clamp((u - Body.Spine) / MathF.Max(half, 0.01f), -1f, 1f);
        var folds = 0.7f * Fold(u, v) + 0.30f * GradientNoise.Octaves(u * 10f, v * 3.2f, 3, salt + 62);
        var arm = MathF.Abs(MathF.Abs(u - Body.Spine) - (0.235f + 0.05f * (1f - v))) - 0.002f;
        var crease = Ramp.Smooth(0.74f, 0.95f, v) * MathF.Exp(-arm * arm * 3000f);
        var seam = MathF.Exp(-MathF.Pow((u - Body.Spine - 0.004f * MathF.Sin(v * 9f)) * 420f, 2f));

        var nx = s * 0.85f + folds * 0.9f;
        var nz = MathF.Sqrt(MathF.Max(0.05f, 1f - MathF.Min(1f, nx * nx)));
        var ny = -0.55f * Ramp.Smooth(0.95f, 0.62f, v);
        var sky = MathF.Max(0f, nx * Body.Sky.X + ny * Body.Sky.Y + nz * Body.Sky.Z);
        var light = (0.20f + 0.95f * sky) * (1f - 0.62f * crease) * (1f - 0.45f * seam);
        var rim = Ramp.Smooth(0.030f, 0.0f, inside) * (u > Body.Spine ? 1f : 0.25f);

        // A 2/2 twill: diagonal ribs of threads that rise and sink.
        var rib = MathF.Sin((u * 0.86f + v) * 2650f + 1.2f * folds);
        var thread = MathF.Sin((v - u * 0.31f) * 3900f);
        var yarn = GradientNoise.Octaves(u * 420f, v * 420f, 4, salt + 63);
        var weave = 1f + 0.20f * rib + 0.10f * thread + 0.42f * yarn;
        var fleck = Ramp.Smooth(0.42f, 0.58f, GradientNoise.At(u * 1300f, v * 700f, salt + 65));
        var dye = Vector3.Lerp(new Vector3(0.040f, 0.047f, 0.052f), new Vector3(0.075f, 0.066f, 0.052f), 0.5f + 0.5f * GradientNoise.At(u * 3f, v * 3f, salt + 64));
        return (dye + new Vector3(0.05f) * fleck) * (light * weave)
            + new Vector3(0.75f, 0.40f, 0.17f) * (rim * rim * 0.35f * MathF.Max(0.1f, weave));
    }

    private float Fold(float u, float v)
    {
        var bent = u + 0.06f * GradientNoise.At(u * 3f, v * 4f, salt + 66);
        var ridge = 1f - MathF.Abs(GradientNoise.At(bent * 11f, v * 2.1f, salt + 67)) * 2f;
        return 0.5f * ridge - 0.25f;
    }
}
