using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>Arithmetic on compact vectors in fixed pieces, so that a sum has the same bits with any number of threads.</summary>
internal static class Vectors
{
    /// <summary>Elements of a piece.</summary>
    public const int Each = 8192;

    /// <summary>y += a · x.</summary>
    public static void Add(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        var xs = MemoryMarshal.Cast<float, Vector256<float>>(x);
        var ys = MemoryMarshal.Cast<float, Vector256<float>>(y);
        for (var i = 0; i < ys.Length; i++) ys[i] += a * xs[i];
    }

    /// <summary>y = x + a · y.</summary>
    public static void Turn(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        var xs = MemoryMarshal.Cast<float, Vector256<float>>(x);
        var ys = MemoryMarshal.Cast<float, Vector256<float>>(y);
        for (var i = 0; i < ys.Length; i++) ys[i] = xs[i] + a * ys[i];
    }

    /// <summary>z = x · y, one by one.</summary>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z)
    {
        var xs = MemoryMarshal.Cast<float, Vector256<float>>(x);
        var ys = MemoryMarshal.Cast<float, Vector256<float>>(y);
        var zs = MemoryMarshal.Cast<float, Vector256<float>>(z);
        for (var i = 0; i < zs.Length; i++) zs[i] = xs[i] * ys[i];
    }

    /// <summary>z += scale · (r − image), one by one; a part of r · z.</summary>
    public static double Correct(ReadOnlySpan<float> scale, ReadOnlySpan<float> r, ReadOnlySpan<float> image, Span<float> z)
    {
        var ss = MemoryMarshal.Cast<float, Vector256<float>>(scale);
        var rs = MemoryMarshal.Cast<float, Vector256<float>>(r);
        var images = MemoryMarshal.Cast<float, Vector256<float>>(image);
        var zs = MemoryMarshal.Cast<float, Vector256<float>>(z);
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < zs.Length; i++)
        {
            zs[i] += ss[i] * (rs[i] - images[i]);
            sum += rs[i] * zs[i];
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Sums what pieces of work give, in their order.</summary>
    public static double Sum(double[] parts)
    {
        var sum = 0.0;
        foreach (var part in parts) sum += part;
        return sum;
    }
}
