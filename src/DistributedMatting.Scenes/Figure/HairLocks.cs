using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Figure;

/// <summary>
/// The head of hair: locks of strands that keep together and part toward their tips, with waves they share,
/// frizz of their own, and here and there a strand that leaves the lock in a loose curl.
/// </summary>
internal static class HairLocks
{
    private const int Locks = 430;
    private const int Flyaways = 1700;

    public static List<HairStrand> Grow(int seed, uint salt)
    {
        var locks = new List<HairStrand>[Locks + Flyaways];
        Parallel.For(0, locks.Length, i => locks[i] = i < Locks ? Lock(seed, i, salt) : [Flyaway(seed, i, salt)]);
        return [.. locks.SelectMany(l => l)];
    }

    private static List<HairStrand> Lock(int seed, int index, uint salt)
    {
        var random = new SceneRandom(seed, 101, index);
        var root = index % 9 == 0 ? Vector3.Normalize(HairGuide.Whorl + 0.38f * random.Sphere()) : Root(ref random);
        var swell = 1.02f + 0.13f * random.Unit();
        var wind = random.Unit();
        // Most locks hang; some are lifted; locks on the lee side fly.
        wind = 0.06f + 0.85f * wind * wind * wind * wind + (root.X > 0.05f && random.Unit() < 0.38f ? random.Range(0.25f, 0.85f) : 0f);
        if (root.Y < -0.6f) wind *= 0.15f;
        var length = (0.45f + 0.19f * random.Unit()) * (root.Y > 0.1f ? 0.80f : 1f);
        var guide = HairGuide.Grow(ref random, root, length, swell, MathF.Min(wind, 1f), salt);

        var turns = random.Range(2.0f, 4.2f);
        var phase = random.Range(0f, 6.28f);
        var wave = random.Range(0.004f, 0.0135f);
        var tone = 0.44f + 0.30f * random.Normal();
        var spread = random.Range(0.010f, 0.020f);
        var tip = random.Range(0.12f, 0.75f) * (1f + wind);
        var strands = new List<HairStrand>();
        var count = 26 + (int)(30f * random.Unit());
        var middle = guide[HairGuide.Count / 3];
        for (var s = 0; s < count; s++)
        {
            var place = random.Disc();
            var layer = 0.5f + 0.5f * place.Y;
            var own = HairCurl.Strand(
                ref random, guide, place, spread, tip, wave, turns, phase, stray: random.Unit() < 0.10f ? random.Unit() : 0f);
            var depth = middle.Z + 0.25f * MathF.Max(0f, guide[^1].Z) + place.Y * spread + 0.004f * random.Signed();
            strands.Add(new HairStrand(
                own, random.Range(0.00013f, 0.00036f), Math.Clamp(tone + 0.16f * random.Normal(), 0f, 1f), layer, depth));
        }

        return strands;
    }

    private static HairStrand Flyaway(int seed, int index, uint salt)
    {
        var random = new SceneRandom(seed, 102, index);
        var root = Root(ref random);
        var swell = 1.08f + 0.30f * random.Unit() * random.Unit();
        var wind = (0.15f + 0.85f * random.Unit()) * (root.Y < -0.6f ? 0.35f : 1f);
        var guide = HairGuide.Grow(ref random, root, random.Range(0.16f, 0.62f), swell, wind, salt);
        var points = HairCurl.Strand(
            ref random, guide, random.Disc(), 0.012f, 1f, random.Range(0.003f, 0.016f), random.Range(1.5f, 5f),
            random.Range(0f, 6.28f), stray: 0.3f + 0.7f * random.Unit());
        return new HairStrand(
            points, random.Range(0.00010f, 0.00024f), 0.45f + 0.4f * random.Unit(), 1f, guide[HairGuide.Count / 3].Z + 0.03f);
    }

    /// <summary>A place on the scalp: not the face, which looks away from us, nor below the ears.</summary>
    private static Vector3 Root(ref SceneRandom random)
    {
        while (true)
        {
            var d = random.Sphere();
            if (d.Y < 0.30f + 0.35f * MathF.Max(0f, d.Z) && (d.Z > -0.45f || d.Y < -0.5f)) return d;
        }
    }
}
