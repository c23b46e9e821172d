using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Networks;

/// <summary>
/// The planes a network is fed with, in order: R, G, B (0 to 1, as the file encodes them),
/// known foreground, known background (each 0 or 1; unknown is neither), then, if the network
/// takes them, the prior planes. Training builds the very same planes.
/// </summary>
public static class NetworkInput
{
    /// <summary>Planes without priors.</summary>
    public const int PlainChannels = 5;

    /// <summary>Prior planes: nearest foreground colour (3), nearest background colour (3), distance to each (2), projection, closed-form alpha, guided closed-form alpha.</summary>
    public const int PriorChannels = 11;

    /// <summary>Fills the first five planes of a patch.</summary>
    /// <param name="rgb">Interleaved samples, 0 to 65535; <c>3 × regions.Length</c>.</param>
    /// <param name="regions">One <see cref="Region"/> a pixel.</param>
    /// <param name="planes">At least <c>5 × regions.Length</c>.</param>
    public static void Fill(ReadOnlySpan<ushort> rgb, ReadOnlySpan<byte> regions, Span<float> planes)
    {
        var n = regions.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, 3 * n);
        ArgumentOutOfRangeException.ThrowIfLessThan(planes.Length, PlainChannels * n);

        var r = planes[..n];
        var g = planes.Slice(n, n);
        var b = planes.Slice(2 * n, n);
        var foreground = planes.Slice(3 * n, n);
        var background = planes.Slice(4 * n, n);
        for (var i = 0; i < n; i++)
        {
            r[i] = rgb[3 * i] * (1f / 65535f);
            g[i] = rgb[3 * i + 1] * (1f / 65535f);
            b[i] = rgb[3 * i + 2] * (1f / 65535f);
            foreground[i] = regions[i] == (byte)Region.Foreground ? 1f : 0f;
            background[i] = regions[i] == (byte)Region.Background ? 1f : 0f;
        }
    }
}
