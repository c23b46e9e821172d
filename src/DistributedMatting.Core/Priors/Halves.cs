using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors;

/// <summary>Half floats as bits, many at a time. The scalar casts are exact but take ten times as long.</summary>
public static class Halves
{
    const int Lanes = 8;
    const int Each = 16384;

    /// <summary>Finite halves to floats.</summary>
    public static void Widen(ReadOnlySpan<ushort> halves, Span<float> floats)
    {
        // The half's bits, moved to where a float has them, lack 2^112 of exponent; this holds for subnormals as well.
        var scale = Vector256.Create(BitConverter.UInt32BitsToSingle((127u + 112) << 23));
        ref var from = ref MemoryMarshal.GetReference(halves);
        ref var to = ref MemoryMarshal.GetReference(floats[..halves.Length]);
        var i = 0;
        for (; i + Lanes <= halves.Length; i += Lanes)
        {
            var bits = Vector256.WidenLower(Vector128.LoadUnsafe(ref from, (nuint)i).ToVector256Unsafe());
            var sign = (bits & Vector256.Create(0x8000u)) << 16;
            var rest = (bits & Vector256.Create(0x7fffu)) << 13;
            ((rest.AsSingle() * scale).AsUInt32() | sign).AsSingle().StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < halves.Length; i++) floats[i] = (float)BitConverter.UInt16BitsToHalf(halves[i]);
    }

    /// <summary>As below, on several threads.</summary>
    internal static void Narrow(float[] floats, ushort[] halves, int threads, CancellationToken cancel) =>
        Work.For(Work.Pieces(floats.Length, Each), threads, i =>
        {
            var from = i * Each;
            var count = Math.Min(Each, floats.Length - from);
            Narrow(floats.AsSpan(from, count), halves.AsSpan(from, count));
        }, cancel);

    /// <summary>Floats to halves, to the nearest, ties to even.</summary>
    public static void Narrow(ReadOnlySpan<float> floats, Span<ushort> halves)
    {
        ref var from = ref MemoryMarshal.GetReference(floats);
        ref var to = ref MemoryMarshal.GetReference(halves[..floats.Length]);
        var least = Vector256.Create(BitConverter.SingleToUInt32Bits(6.103515625e-05f));
        var most = Vector256.Create(BitConverter.SingleToUInt32Bits(65504f));
        var i = 0;
        for (; i + Lanes <= floats.Length; i += Lanes)
        {
            var bits = Vector256.LoadUnsafe(ref from, (nuint)i).AsUInt32();
            var zero = Vector256.Equals(bits, Vector256<uint>.Zero);
            // Only positive normal halves and zero are rounded here; whatever else there is, is rare.
            var plain = (Vector256.GreaterThanOrEqual(bits, least) & Vector256.LessThanOrEqual(bits, most)) | zero;
            if (plain != Vector256<uint>.AllBitsSet)
            {
                for (var j = i; j < i + Lanes; j++) halves[j] = BitConverter.HalfToUInt16Bits((Half)floats[j]);
                continue;
            }

            var odd = (bits >> 13) & Vector256<uint>.One;
            var rounded = (bits + odd + Vector256.Create(0xfffu) - Vector256.Create(112u << 23)) >> 13;
            rounded = Vector256.AndNot(rounded, zero);
            Vector256.Narrow(rounded, rounded).GetLower().StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < floats.Length; i++) halves[i] = BitConverter.HalfToUInt16Bits((Half)floats[i]);
    }
}
