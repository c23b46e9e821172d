using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>Prior planes: nearest foreground colour (3), nearest background colour (3), distance to each (2), projection, closed-form alpha (with sampled colours as evidence), the same guided.</summary>
    public const int PriorChannels = 11;

    private const int Lanes = 8;
    private const float Scale = 1f / 65535f;

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
        var i = 0;
        for (; i + Lanes <= n; i += Lanes)
        {
            var (red, green, blue) = Apart(rgb[(3 * i)..]);
            Scaled(red).CopyTo(r[i..]);
            Scaled(green).CopyTo(g[i..]);
            Scaled(blue).CopyTo(b[i..]);
            var eight = Vector128.CreateScalar(MemoryMarshal.Read<ulong>(regions[i..])).AsByte();
            Ones(eight, Region.Foreground).CopyTo(foreground[i..]);
            Ones(eight, Region.Background).CopyTo(background[i..]);
        }

        for (; i < n; i++)
        {
            r[i] = rgb[3 * i] * Scale;
            g[i] = rgb[3 * i + 1] * Scale;
            b[i] = rgb[3 * i + 2] * Scale;
            foreground[i] = regions[i] == (byte)Region.Foreground ? 1f : 0f;
            background[i] = regions[i] == (byte)Region.Background ? 1f : 0f;
        }
    }

    /// <summary>Eight interleaved pixels by channel; an index that is out of range leaves zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ushort> Red, Vector128<ushort> Green, Vector128<ushort> Blue) Apart(ReadOnlySpan<ushort> rgb)
    {
        const ushort none = 255;
        var first = Vector128.Create(rgb);
        var second = Vector128.Create(rgb[Lanes..]);
        var third = Vector128.Create(rgb[(2 * Lanes)..]);
        return (
            Vector128.Shuffle(first, Vector128.Create(0, 3, 6, none, none, none, none, none))
            | Vector128.Shuffle(second, Vector128.Create(none, none, none, 1, 4, 7, none, none))
            | Vector128.Shuffle(third, Vector128.Create(none, none, none, none, none, none, 2, 5)),
            Vector128.Shuffle(first, Vector128.Create(1, 4, 7, none, none, none, none, none))
            | Vector128.Shuffle(second, Vector128.Create(none, none, none, 2, 5, none, none, none))
            | Vector128.Shuffle(third, Vector128.Create(none, none, none, none, none, 0, 3, 6)),
            Vector128.Shuffle(first, Vector128.Create(2, 5, none, none, none, none, none, none))
            | Vector128.Shuffle(second, Vector128.Create(none, none, 0, 3, 6, none, none, none))
            | Vector128.Shuffle(third, Vector128.Create(none, none, none, none, none, 1, 4, 7)));
    }

    private static Vector256<float> Scaled(Vector128<ushort> samples) => Floats(samples) * Scale;

    private static Vector256<float> Ones(Vector128<byte> regions, Region region) =>
        Floats(Vector128.WidenLower(Vector128.Equals(regions, Vector128.Create((byte)region)) & Vector128<byte>.One));

    private static Vector256<float> Floats(Vector128<ushort> values) =>
        Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values)).AsInt32());
}
