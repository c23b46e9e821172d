using System.Runtime.CompilerServices;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>Numbers that look like chance and follow from a cell and a round alone (a Weyl sequence through the finaliser of MurmurHash3).</summary>
internal struct Chance(uint cell, uint round)
{
    private uint _state = cell * 0x9E3779B1u ^ round * 0x85EBCA77u;

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)((ulong)Next() * (uint)count >> 32);

    /// <summary>An index at most <paramref name="share"/> (0 to 1) of <paramref name="count"/> away from <paramref name="from"/>, round the list's ends.</summary>
    public int Near(int from, float share, int count)
    {
        var reach = Math.Max(1, (int)(share * count));
        var at = from + Below(2 * reach + 1) - reach;
        return at < 0 ? at + count : at >= count ? at - count : at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Next()
    {
        var z = _state += 0x6D2B79F5u;
        z = (z ^ z >> 16) * 0x85EBCA6Bu;
        z = (z ^ z >> 13) * 0xC2B2AE35u;
        return z ^ z >> 16;
    }
}
