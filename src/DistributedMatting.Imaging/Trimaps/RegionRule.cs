using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging;

/// <summary>Which grey means which region. Greys are on a scale of 65535 (257 times the 8-bit value).</summary>
internal static class RegionRule
{
    /// <summary>A drawn trimap: up to 5 of 255 is background, from 250 on foreground (room for JPEG and anti-aliasing), the rest unknown.</summary>
    internal static Region OfTrimap(ushort grey) =>
        grey <= 5 * 257 ? Region.Background : grey >= 250 * 257 ? Region.Foreground : Region.Unknown;

    /// <summary>A plate's alpha: exactly 0 is background, exactly full is foreground, the rest unknown.</summary>
    internal static Region OfAlpha(ushort alpha) =>
        alpha == 0 ? Region.Background : alpha == ushort.MaxValue ? Region.Foreground : Region.Unknown;

    /// <summary>Whether a trimap is expected to hold this value of 255: 0, 128 give or take 2, 255.</summary>
    internal static bool Expected(int grey) => grey is 0 or 255 or (>= 126 and <= 130);
}
