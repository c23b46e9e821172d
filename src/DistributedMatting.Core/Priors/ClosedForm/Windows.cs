using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>
/// Eight neighbouring 3×3 windows at once. Levin's term (1 + (I_i − μ)ᵀ (Σ + ε/9)⁻¹ (I_j − μ)) / 9 is a dot product
/// of the whitened colours w = D^(−½) L⁻¹ (I − μ), where L D Lᵀ = Σ + ε/9. The factors are found in double precision:
/// where colours lie on a line, Σ + ε/9 spans seven orders of magnitude.
/// </summary>
internal static class Windows
{
    /// <summary>Whitens the colours of eight windows, in place.</summary>
    /// <param name="colours">[pixel of the window 0…8][channel 0…2], a register each: 27.</param>
    /// <param name="epsilon">Levin's ε.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Whiten(Span<Vector256<float>> colours, double epsilon)
    {
        for (var c = 0; c < 3; c++)
        {
            // Differences to the window's middle are exact; sums of them stay small.
            var middle = colours[12 + c];
            var sum = Vector256<float>.Zero;
            for (var p = 0; p < 9; p++) sum += colours[3 * p + c] -= middle;
            var mean = sum * (1f / 9f);
            for (var p = 0; p < 9; p++) colours[3 * p + c] -= mean;
        }

        var low = Factor(colours, upper: false, epsilon);
        var high = Factor(colours, upper: true, epsilon);
        var l10 = Vector256.Narrow(low.L10, high.L10);
        var l20 = Vector256.Narrow(low.L20, high.L20);
        var l21 = Vector256.Narrow(low.L21, high.L21);
        var s0 = Vector256.Narrow(low.S0, high.S0);
        var s1 = Vector256.Narrow(low.S1, high.S1);
        var s2 = Vector256.Narrow(low.S2, high.S2);
        for (var p = 0; p < 9; p++)
        {
            var w0 = colours[3 * p];
            var w1 = colours[3 * p + 1] - l10 * w0;
            var w2 = colours[3 * p + 2] - l20 * w0 - l21 * w1;
            colours[3 * p] = w0 * s0;
            colours[3 * p + 1] = w1 * s1;
            colours[3 * p + 2] = w2 * s2;
        }
    }

    struct Factors
    {
        public Vector256<double> L10, L20, L21, S0, S1, S2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Factors Factor(ReadOnlySpan<Vector256<float>> colours, bool upper, double epsilon)
    {
        Vector256<double> s00 = default, s01 = default, s02 = default, s11 = default, s12 = default, s22 = default;
        for (var p = 0; p < 9; p++)
        {
            var r = Widen(colours[3 * p], upper);
            var g = Widen(colours[3 * p + 1], upper);
            var b = Widen(colours[3 * p + 2], upper);
            s00 += r * r;
            s01 += r * g;
            s02 += r * b;
            s11 += g * g;
            s12 += g * b;
            s22 += b * b;
        }

        // Σ is a ninth of these sums; everything is taken nine times, and ε with it.
        var noise = Vector256.Create(epsilon);
        var nine = Vector256.Create(9.0);
        Factors f;
        var d0 = s00 + noise;
        f.L10 = s01 / d0;
        f.L20 = s02 / d0;
        var d1 = s11 + noise - f.L10 * s01;
        var t = s12 - f.L20 * s01;
        f.L21 = t / d1;
        var d2 = s22 + noise - f.L20 * s02 - f.L21 * t;
        f.S0 = Vector256.Sqrt(nine / d0);
        f.S1 = Vector256.Sqrt(nine / d1);
        f.S2 = Vector256.Sqrt(nine / Vector256.Max(d2, noise));
        return f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Widen(Vector256<float> v, bool upper) => upper ? Vector256.WidenUpper(v) : Vector256.WidenLower(v);
}
