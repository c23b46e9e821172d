using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>Numbers that look like chance and follow from a cell and a round alone (a Weyl sequence through the finaliser of MurmurHash3), in eight lanes.</summary>
internal struct Chances(Vector256<uint> cells, uint round)
{
    private const int Bits = 24;

    private Vector256<uint> _state = cells * 0x9E3779B1u ^ Vector256.Create(round * 0x85EBCA77u);

    /// <summary>0 to <paramref name="count"/> − 1, for counts below 2²⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Below(int count)
    {
        var share = Vector256.ConvertToSingle((Next() >>> (32 - Bits)).AsInt32()) * (1f / (1 << Bits));
        return Vector256.Min(Vector256.ConvertToInt32(share * count), Vector256.Create(count - 1));
    }

    /// <summary>Numbers at most <paramref name="share"/> (0 to 1) of <paramref name="count"/> away from <paramref name="from"/>, round the list's ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Near(Vector256<int> from, float share, int count)
    {
        var reach = Math.Max(1, (int)(share * count));
        var at = from + Below(2 * reach + 1) - Vector256.Create(reach);
        var all = Vector256.Create(count);
        at += Vector256.LessThan(at, Vector256<int>.Zero) & all;
        return at - (Vector256.GreaterThanOrEqual(at, all) & all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<uint> Next()
    {
        var z = _state += Vector256.Create(0x6D2B79F5u);
        z = (z ^ z >>> 16) * 0x85EBCA6Bu;
        z = (z ^ z >>> 13) * 0xC2B2AE35u;
        return z ^ z >>> 16;
    }
}
