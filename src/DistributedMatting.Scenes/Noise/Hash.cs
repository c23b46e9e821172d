using System.Runtime.CompilerServices;

namespace DistributedMatting.Scenes.Noise;

/// <summary>Integer hashes: the only source of chance in a scene, so that a seed says everything.</summary>
internal static class Hash
{
    /// <summary>Mixes a lattice point and a salt into 32 well-spread bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Lattice(int x, int y, uint salt)
    {
        var h = (uint)x * 0x8DA6B343u ^ (uint)y * 0xD8163841u ^ salt * 0xCB1AB31Fu;
        h ^= h >> 16;
        h *= 0x7FEB352Du;
        h ^= h >> 15;
        h *= 0x846CA68Bu;
        return h ^ (h >> 16);
    }

    /// <summary>A salt of its own for each use of a seed.</summary>
    public static uint Salt(int seed, int use) => Lattice(seed, use, 0x9E3779B9u);
}
