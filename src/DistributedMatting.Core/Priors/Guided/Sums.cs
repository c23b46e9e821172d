using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.Guided;

/// <summary>Sums over rows and over five columns.</summary>
internal static class Sums
{
    const int Lanes = 8;

    /// <summary>sum += x.</summary>
    public static void Add(ReadOnlySpan<float> x, Span<float> sum)
    {
        ref var xs = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(sum[..x.Length]);
        var i = 0;
        for (; i + Lanes <= x.Length; i += Lanes)
            (Vector256.LoadUnsafe(ref to, (nuint)i) + Vector256.LoadUnsafe(ref xs, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < x.Length; i++) sum[i] += x[i];
    }

    /// <summary>sum += x · y, one by one.</summary>
    public static void AddProduct(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> sum)
    {
        ref var xs = ref MemoryMarshal.GetReference(x);
        ref var ys = ref MemoryMarshal.GetReference(y[..x.Length]);
        ref var to = ref MemoryMarshal.GetReference(sum[..x.Length]);
        var i = 0;
        for (; i + Lanes <= x.Length; i += Lanes)
        {
            var product = Vector256.LoadUnsafe(ref xs, (nuint)i) * Vector256.LoadUnsafe(ref ys, (nuint)i);
            (Vector256.LoadUnsafe(ref to, (nuint)i) + product).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < x.Length; i++) sum[i] += x[i] * y[i];
    }

    /// <summary>Replaces <paramref name="width"/> values from <paramref name="at"/> by sums of five: each and the four that follow it.</summary>
    public static void Across(Span<float> values, int at, int spare, int width)
    {
        var from = values.Slice(at, width + 4);
        var to = values.Slice(spare, width);
        Add(from[..width], to);
        for (var step = 1; step < 5; step++) Add(from.Slice(step, width), to);
        to.CopyTo(from);
        values.Slice(spare, width).Clear();
    }
}
