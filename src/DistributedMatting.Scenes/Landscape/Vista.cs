using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Landscape;

/// <summary>What lies far behind the figure: evening sky with clouds, a low sun, ridges in haze, a wooded valley.</summary>
internal static class Vista
{
    private const float Horizon = 0.60f;
    private static readonly Vector2 Sun = new(0.80f, 0.46f);
    private static readonly Vector3 Haze = new(0.80f, 0.52f, 0.34f);

    public static FloatImage Paint(int side, uint salt)
    {
        var image = new FloatImage(side);
        Parallel.For(0, side, y =>
        {
            for (var x = 0; x < side; x++)
            {
                var colour = At((x + 0.5f) / side, (y + 0.5f) / side, salt);
                image.Pixels[y * side + x] = new Vector4(colour, 1f);
            }
        });
        return image;
    }

    private static Vector3 At(float u, float v, uint salt)
    {
        var colour = Sky(u, v, salt);
        for (var i = 0; i < 5; i++)
        {
            var crest = Crest(u, i, salt);
            if (v > crest) colour = Ridge(u, v, v - crest, i, salt);
        }

        return colour;
    }

    private static Vector3 Sky(float u, float v, uint salt)
    {
        var height = Math.Clamp((Horizon - v) / Horizon, 0f, 1f);
        var toSun = new Vector2(u - Sun.X, (v - Sun.Y) * 1.25f).Length();
        var blue = Vector3.Lerp(new Vector3(0.56f, 0.43f, 0.35f), new Vector3(0.060f, 0.145f, 0.275f), MathF.Pow(height, 0.62f));
        var glow = new Vector3(1.9f, 1.05f, 0.48f) * MathF.Exp(-toSun * 5.2f) + new Vector3(9f, 6.6f, 4.0f) * MathF.Exp(-toSun * toSun * 900f);
        var sky = blue + glow;

        // Clouds thin out toward the zenith and flatten toward the horizon.
        var scale = 2.2f + 5f * (1f - height);
        var wind = GradientNoise.Octaves(u * 2.4f, v * 4f, 3, salt + 121);
        var cx = u * 3.4f + 0.55f * wind;
        var cy = v * scale + 0.35f * wind;
        var body = GradientNoise.Octaves(cx, cy, 6, salt + 122);
        var thick = Ramp.Smooth(-0.06f, 0.42f, body);
        var toward = new Vector2(Sun.X - u, Sun.Y - v) * 0.16f;
        var shade = GradientNoise.Octaves(cx + toward.X, cy + toward.Y * 2f, 4, salt + 122);
        var lit = Math.Clamp(0.48f + 2.1f * (body - shade), 0f, 1f);
        var cloud = Vector3.Lerp(new Vector3(0.15f, 0.165f, 0.225f), new Vector3(1.05f, 0.74f, 0.54f), lit)
            + new Vector3(1.3f, 0.62f, 0.25f) * (MathF.Exp(-toSun * 4.2f) * (1.1f - 0.6f * thick));
        return Vector3.Lerp(sky, cloud, 0.88f * thick);
    }

    private static float Crest(float u, int ridge, uint salt)
    {
        var level = Horizon - 0.055f + 0.058f * ridge;
        var height = 0.085f - 0.011f * ridge;
        var rough = GradientNoise.Octaves(u * (2.1f + 1.1f * ridge) + 3.7f * ridge, 0.4f + ridge, 6, salt + 131);
        var trees = ridge < 2 ? 0f : (0.004f + 0.003f * ridge) * MathF.Abs(GradientNoise.Octaves(u * 60f, ridge, 3, salt + 132));
        return level - height * (0.4f + rough) - trees;
    }

    private static Vector3 Ridge(float u, float v, float below, int ridge, uint salt)
    {
        var texture = GradientNoise.Octaves(u * (22f + 12f * ridge), v * (30f + 14f * ridge), 5, salt + 133 + (uint)ridge);
        var slope = GradientNoise.Octaves(u * 9f + 0.8f * v, v * 6f, 4, salt + 141 + (uint)ridge);
        var wood = Vector3.Lerp(new Vector3(0.052f, 0.060f, 0.028f), new Vector3(0.30f, 0.150f, 0.050f), Ramp.Smooth(-0.25f, 0.45f, slope + 0.5f * texture));
        wood *= 0.55f + 1.1f * Ramp.Smooth(-0.5f, 0.6f, texture);
        var air = MathF.Exp(-0.62f * ridge - 0.3f) * (0.85f + 1.5f * MathF.Min(below, 0.15f));
        var toSun = MathF.Abs(u - Sun.X);
        var haze = Vector3.Lerp(new Vector3(0.34f, 0.37f, 0.44f), Haze, MathF.Exp(-toSun * 2.4f));
        return Vector3.Lerp(wood, haze, Math.Clamp(air, 0f, 1f));
    }
}
