using System.Runtime.CompilerServices;

namespace DistributedMatting.Scenes.Noise;

/// <summary>Gradient noise over the plane (Perlin 2002: quintic fade, hashed gradients), and sums of its octaves.</summary>
internal static class GradientNoise
{
    /// <summary>About −1 to 1, zero on the lattice.</summary>
    public static float At(float x, float y, uint salt)
    {
        var xf = MathF.Floor(x);
        var yf = MathF.Floor(y);
        var ix = (int)xf;
        var iy = (int)yf;
        var fx = x - xf;
        var fy = y - yf;
        var u = Fade(fx);
        var v = Fade(fy);
        var a = Corner(ix, iy, fx, fy, salt);
        var b = Corner(ix + 1, iy, fx - 1f, fy, salt);
        var c = Corner(ix, iy + 1, fx, fy - 1f, salt);
        var d = Corner(ix + 1, iy + 1, fx - 1f, fy - 1f, salt);
        var top = a + u * (b - a);
        return 1.45f * (top + v * (c + u * (d - c) - top));
    }

    /// <summary>Octaves of <see cref="At"/>, each twice as fine and half as strong; about −1 to 1.</summary>
    public static float Octaves(float x, float y, int octaves, uint salt)
    {
        var sum = 0f;
        var weight = 0.5f;
        for (var i = 0; i < octaves; i++)
        {
            sum += weight * At(x, y, salt + (uint)i);
            // A turn by some 37 degrees between octaves hides the lattice.
            (x, y) = (1.61f * x + 1.21f * y + 17.3f, 1.61f * y - 1.21f * x + 9.1f);
            weight *= 0.5f;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fade(float t) => t * t * t * (t * (t * 6f - 15f) + 10f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Corner(int ix, int iy, float x, float y, uint salt)
    {
        var h = Hash.Lattice(ix, iy, salt);
        var gx = (h & 0xFFFF) * (2f / 65535f) - 1f;
        var gy = (h >> 16) * (2f / 65535f) - 1f;
        return gx * x + gy * y;
    }
}
