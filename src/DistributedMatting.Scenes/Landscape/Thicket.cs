using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Landscape;

/// <summary>
/// What lies nearer, wholly out of focus: foliage at the right and below, with gaps, wet leaves that catch
/// the sun, and lights in the valley. Premultiplied, so that it blurs over what is behind it.
/// </summary>
internal static class Thicket
{
    public static FloatImage Paint(int side, int seed, uint salt)
    {
        var image = new FloatImage(side);
        Parallel.For(0, side, y =>
        {
            for (var x = 0; x < side; x++) image.Pixels[y * side + x] = At((x + 0.5f) / side, (y + 0.5f) / side, salt);
        });
        Sparkle(image, seed);
        return image;
    }

    private static Vector4 At(float u, float v, uint salt)
    {
        var edge = 0.93f - 0.30f * Ramp.Smooth(0.70f, 1.02f, u) - 0.10f * Ramp.Smooth(0.25f, 0f, u);
        var mass = GradientNoise.Octaves(u * 7f, v * 7f, 6, salt + 151);
        var cover = Ramp.Smooth(-0.02f, 0.05f, v - edge + 0.22f * mass);
        if (cover <= 0f) return Vector4.Zero;

        var leaf = GradientNoise.Octaves(u * 46f, v * 46f, 4, salt + 152);
        var tint = GradientNoise.Octaves(u * 5f, v * 5f, 3, salt + 153);
        var colour = Vector3.Lerp(new Vector3(0.030f, 0.042f, 0.016f), new Vector3(0.25f, 0.105f, 0.030f), Ramp.Smooth(-0.3f, 0.4f, tint + 0.4f * leaf));
        colour *= 0.5f + 1.5f * Ramp.Smooth(-0.2f, 0.7f, leaf);
        return new Vector4(colour * cover, cover);
    }

    private static void Sparkle(FloatImage image, int seed)
    {
        var random = new SceneRandom(seed, 501);
        var side = image.Side;
        for (var i = 0; i < 560; i++)
        {
            var u = random.Unit();
            var v = 0.52f + 0.48f * MathF.Sqrt(random.Unit());
            var near = Ramp.Smooth(0.45f, 1f, u) + 0.5f * Ramp.Smooth(0.5f, 0f, u);
            if (random.Unit() > near) continue;

            var warmth = random.Unit();
            var colour = Vector3.Lerp(new Vector3(1f, 0.50f, 0.15f), new Vector3(1f, 0.86f, 0.62f), warmth);
            if (random.Unit() < 0.12f) colour = new Vector3(0.62f, 0.85f, 1f);
            var power = MathF.Exp(random.Range(-0.8f, 2.5f)) * 30f * (side / 1024f) * (side / 1024f);
            var pixel = (int)(v * (side - 1)) * side + (int)(u * (side - 1));
            image.Pixels[pixel] += new Vector4(colour * power, 0f);
        }
    }
}
