using System.Numerics;

namespace DistributedMatting.Scenes.Noise;

/// <summary>
/// A small repeatable generator (SplitMix64, Steele et al. 2014). A struct, so that every strand can have
/// its own and nothing depends on the order in which strands are made.
/// </summary>
internal struct SceneRandom
{
    private ulong _state;

    public SceneRandom(int seed, int use, int index = 0) =>
        _state = ((ulong)Hash.Lattice(seed, use, 0xA511E9B3u) << 32) | Hash.Lattice(index, use, (uint)seed);

    private uint NextBits()
    {
        _state += 0x9E3779B97F4A7C15ul;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBul;
        return (uint)((z ^ (z >> 31)) >> 32);
    }

    /// <summary>0 (inclusive) to 1 (exclusive).</summary>
    public float Unit() => (NextBits() >> 8) * (1f / 16777216f);

    /// <summary>−1 to 1.</summary>
    public float Signed() => 2f * Unit() - 1f;

    public float Range(float from, float to) => from + (to - from) * Unit();

    /// <summary>Nearly normal: mean 0, deviation 1, never past ±3.5.</summary>
    public float Normal() => (Unit() + Unit() + Unit() + Unit() - 2f) * 1.7320508f;

    /// <summary>Inside the unit disc.</summary>
    public Vector2 Disc()
    {
        var radius = MathF.Sqrt(Unit());
        var (sin, cos) = MathF.SinCos(2f * MathF.PI * Unit());
        return new Vector2(radius * cos, radius * sin);
    }

    /// <summary>On the unit sphere.</summary>
    public Vector3 Sphere()
    {
        var z = Signed();
        var (sin, cos) = MathF.SinCos(2f * MathF.PI * Unit());
        var r = MathF.Sqrt(MathF.Max(0f, 1f - z * z));
        return new Vector3(r * cos, r * sin, z);
    }
}
