using System.Numerics;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Stitching;

/// <summary>Makes alpha exactly what the trimap says where it knows.</summary>
public static class KnownPixels
{
    /// <summary>
    /// Sets alpha to 0 in the known background, to 1 in the known foreground, and keeps it within 0 to 1 elsewhere
    /// (weights that sum to 1 but for rounding can exceed it by a last bit).
    /// </summary>
    public static void Set(ReadOnlySpan<byte> regions, Span<float> alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha.Length, regions.Length);
        while (!regions.IsEmpty)
        {
            var region = regions[0];
            var run = regions.IndexOfAnyExcept(region);
            if (run < 0) run = regions.Length;
            if (region == (byte)Region.Unknown) Clamp(alpha[..run]);
            else alpha[..run].Fill(region == (byte)Region.Foreground ? 1f : 0f);
            regions = regions[run..];
            alpha = alpha[run..];
        }
    }

    private static void Clamp(Span<float> alpha)
    {
        var (i, lanes) = (0, Vector<float>.Count);
        for (; i <= alpha.Length - lanes; i += lanes)
            Vector.Min(Vector.Max(new Vector<float>(alpha[i..]), Vector<float>.Zero), Vector<float>.One).CopyTo(alpha[i..]);
        for (; i < alpha.Length; i++) alpha[i] = Math.Clamp(alpha[i], 0f, 1f);
    }
}
