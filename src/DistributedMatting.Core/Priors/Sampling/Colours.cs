using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>Eight colours, a lane each; 0 to 1.</summary>
internal readonly record struct Colours(Vector256<float> R, Vector256<float> G, Vector256<float> B)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Colours operator -(in Colours a, in Colours b) => new(a.R - b.R, a.G - b.G, a.B - b.B);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Dot(in Colours a, in Colours b) => a.R * b.R + a.G * b.G + a.B * b.B;

    /// <summary>This − share · other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Colours Less(Vector256<float> share, in Colours other) => new(R - share * other.R, G - share * other.G, B - share * other.B);

    /// <summary>The colours of the samples that the lanes' numbers name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Colours Of(ReadOnlySpan<KnownSample> all, Vector256<int> numbers)
    {
        // Eight loads a value: as fast as a gather where that is made of microcode, and all of a sample lies together.
        ref readonly var a = ref all[numbers[0]];
        ref readonly var b = ref all[numbers[1]];
        ref readonly var c = ref all[numbers[2]];
        ref readonly var d = ref all[numbers[3]];
        ref readonly var e = ref all[numbers[4]];
        ref readonly var f = ref all[numbers[5]];
        ref readonly var g = ref all[numbers[6]];
        ref readonly var h = ref all[numbers[7]];
        return new Colours(
            Vector256.Create(a.R, b.R, c.R, d.R, e.R, f.R, g.R, h.R),
            Vector256.Create(a.G, b.G, c.G, d.G, e.G, f.G, g.G, h.G),
            Vector256.Create(a.B, b.B, c.B, d.B, e.B, f.B, g.B, h.B));
    }
}
