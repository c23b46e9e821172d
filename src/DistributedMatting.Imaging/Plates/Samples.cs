using System.Runtime.InteropServices;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>Samples of a file as 16-bit samples: 8 bits v → 257·v, 16 bits as they are, float clamped to 0…1, × 65535, rounded; NaN → 0.</summary>
internal static class Samples
{
    /// <param name="from">Interleaved samples as the file has them.</param>
    /// <param name="format">UChar, UShort or Float.</param>
    /// <param name="to">As many samples, 0 to 65535.</param>
    internal static void ToUShort(ReadOnlySpan<byte> from, VipsFormat format, Span<ushort> to)
    {
        switch (format)
        {
            case VipsFormat.UChar:
                for (var i = 0; i < to.Length; i++)
                    to[i] = (ushort)(from[i] * 257);
                break;
            case VipsFormat.UShort:
                MemoryMarshal.Cast<byte, ushort>(from)[..to.Length].CopyTo(to);
                break;
            default:
                var floats = MemoryMarshal.Cast<byte, float>(from);
                for (var i = 0; i < to.Length; i++)
                    to[i] = FromUnit(floats[i]);
                break;
        }
    }

    /// <summary>0…1 to 0…65535, rounded to nearest; NaN → 0.</summary>
    internal static ushort FromUnit(float value) =>
        value > 0 ? (ushort)((Math.Min(value, 1f) * 65535f) + 0.5f) : (ushort)0;

    /// <summary>One sample as 0…1, at the depth it has; NaN → 0.</summary>
    internal static float ToUnit(ReadOnlySpan<byte> from, VipsFormat format, int index)
    {
        if (format == VipsFormat.UChar)
            return from[index] / 255f;
        if (format == VipsFormat.UShort)
            return MemoryMarshal.Cast<byte, ushort>(from)[index] / 65535f;
        var value = MemoryMarshal.Cast<byte, float>(from)[index];
        return value > 0 ? Math.Min(value, 1f) : 0f;
    }

    /// <summary>Interleaved pixels of any number of bands to R G B: grey is repeated, alpha is dropped.</summary>
    internal static void ToRgb(ReadOnlySpan<ushort> from, int bands, Span<ushort> rgb)
    {
        if (bands == 3)
        {
            from[..rgb.Length].CopyTo(rgb);
            return;
        }

        var (green, blue) = bands < 3 ? (0, 0) : (1, 2);
        for (int i = 0, j = 0; j < rgb.Length; i += bands, j += 3)
        {
            rgb[j] = from[i];
            rgb[j + 1] = from[i + green];
            rgb[j + 2] = from[i + blue];
        }
    }
}
