using System.Numerics;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Rendering;

namespace DistributedMatting.Scenes.Figure;

/// <summary>What lies under the strands: skin and underwool, dark, so that hair and fur are never seen through.</summary>
internal static class Underlay
{
    private static readonly Vector3 Scalp = new(0.014f, 0.0075f, 0.005f);
    private static readonly Vector3 Wool = new(0.045f, 0.031f, 0.023f);

    public static void Head(TileBuffer tile, int size, uint salt)
    {
        Paint(tile, size, Shrunk(Body.Head, 1.01f), Scalp, salt);
        Paint(tile, size, new Ellipsoid(new Vector3(Body.Spine, 0.50f, 0f), new Vector3(0.062f, 0.12f, 0.06f)), Scalp, salt);
    }

    public static void Collar(TileBuffer tile, int size, uint salt) => Paint(tile, size, Shrunk(Body.Collar, 0.985f), Wool, salt);

    private static Ellipsoid Shrunk(in Ellipsoid body, float by) => body with { Radii = body.Radii * by };

    private static void Paint(TileBuffer tile, int size, Ellipsoid body, Vector3 colour, uint salt)
    {
        if (tile.Full) return;
        if (tile.Y > (body.Centre.Y + body.Radii.Y) * size + 2f || tile.Y + tile.Height < (body.Centre.Y - body.Radii.Y) * size - 2f) return;
        if (tile.X > (body.Centre.X + body.Radii.X) * size + 2f || tile.X + tile.Width < (body.Centre.X - body.Radii.X) * size - 2f) return;

        for (var y = 0; y < tile.Height; y++)
        {
            for (var x = 0; x < tile.Width; x++)
            {
                var pixel = y * TileBuffer.Side + x;
                if (tile.Open[pixel] == 0f) continue;

                var u = (tile.X + x + 0.5f) / size;
                var v = (tile.Y + y + 0.5f) / size;
                var ex = (u - body.Centre.X) / body.Radii.X;
                var ey = (v - body.Centre.Y) / body.Radii.Y;
                var r = MathF.Sqrt(ex * ex + ey * ey);
                var coverage = (1f - r) * MathF.Min(body.Radii.X, body.Radii.Y) * size + 0.5f;
                if (coverage <= 0f) continue;

                var streaks = 1f + 0.6f * GradientNoise.Octaves(u * 900f, v * 120f, 2, salt + 71);
                tile.Over(pixel, MathF.Min(1f, coverage), colour * streaks);
            }
        }
    }
}
