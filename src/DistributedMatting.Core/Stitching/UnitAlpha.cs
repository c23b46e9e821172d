using System.Numerics;

namespace DistributedMatting.Core.Stitching;

/// <summary>
/// Alpha of a patch as it waits to be stitched: 16 bits a pixel, 0 to 65535 for 0 to 1. That is finer than any
/// integer file that leaves, and half of what floats take.
/// </summary>
public static class UnitAlpha
{
    private const float Full = 65535f;

    /// <summary>Rounds to the nearest of 65536 steps; values outside 0 to 1 are clamped.</summary>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static void Encode(ReadOnlySpan<float> alpha, Span<ushort> encoded)
    {
        var (i, lanes) = (0, Vector<float>.Count);
        for (; i <= alpha.Length - 2 * lanes; i += 2 * lanes)
        {
            var low = new Vector<float>(alpha[i..]);
            var high = new Vector<float>(alpha[(i + lanes)..]);
            if (!Vector.EqualsAll(low, low) || !Vector.EqualsAll(high, high)) break;
            Vector.Narrow(Vector.AsVectorUInt32(Round(low)), Vector.AsVectorUInt32(Round(high))).CopyTo(encoded[i..]);
        }
        for (; i < alpha.Length; i++)
        {
            if (float.IsNaN(alpha[i])) throw new ArgumentException($"Alpha is NaN at pixel {i} of the patch.", nameof(alpha));
            encoded[i] = (ushort)(Math.Clamp(alpha[i], 0f, 1f) * Full + 0.5f);
        }
    }

    /// <summary>alpha = encoded ÷ 65535. Divided, not multiplied by the inverse: 65535 must give exactly 1.</summary>
    public static void Decode(ReadOnlySpan<ushort> encoded, Span<float> alpha)
    {
        var (i, lanes) = (0, Vector<float>.Count);
        for (; i <= encoded.Length - 2 * lanes; i += 2 * lanes)
        {
            var (low, high) = Load(encoded[i..]);
            low.CopyTo(alpha[i..]);
            high.CopyTo(alpha[(i + lanes)..]);
        }
        for (; i < encoded.Length; i++) alpha[i] = encoded[i] / Full;
    }

    /// <summary>target = weight × encoded ÷ 65535.</summary>
    internal static void Weigh(ReadOnlySpan<ushort> encoded, ReadOnlySpan<float> weights, Span<float> target)
    {
        var (i, lanes) = (0, Vector<float>.Count);
        for (; i <= encoded.Length - 2 * lanes; i += 2 * lanes)
        {
            var (low, high) = Load(encoded[i..]);
            (low * new Vector<float>(weights[i..])).CopyTo(target[i..]);
            (high * new Vector<float>(weights[(i + lanes)..])).CopyTo(target[(i + lanes)..]);
        }
        for (; i < encoded.Length; i++) target[i] = encoded[i] / Full * weights[i];
    }

    /// <summary>
    /// target += weight × encoded ÷ 65535, product and sum rounded apart, so that every machine gives the same bits.
    /// </summary>
    internal static void AddWeighed(ReadOnlySpan<ushort> encoded, ReadOnlySpan<float> weights, Span<float> target)
    {
        var (i, lanes) = (0, Vector<float>.Count);
        for (; i <= encoded.Length - 2 * lanes; i += 2 * lanes)
        {
            var (low, high) = Load(encoded[i..]);
            var toLow = target[i..];
            var toHigh = target[(i + lanes)..];
            (new Vector<float>(toLow) + low * new Vector<float>(weights[i..])).CopyTo(toLow);
            (new Vector<float>(toHigh) + high * new Vector<float>(weights[(i + lanes)..])).CopyTo(toHigh);
        }
        for (; i < encoded.Length; i++) target[i] += encoded[i] / Full * weights[i];
    }

    private static Vector<int> Round(Vector<float> alpha)
    {
        var clamped = Vector.Min(Vector.Max(alpha, Vector<float>.Zero), Vector<float>.One);
        return Vector.ConvertToInt32(clamped * new Vector<float>(Full) + new Vector<float>(0.5f));
    }

    private static (Vector<float> Low, Vector<float> High) Load(ReadOnlySpan<ushort> encoded)
    {
        Vector.Widen(new Vector<ushort>(encoded), out var low, out var high);
        return (Vector.ConvertToSingle(Vector.AsVectorInt32(low)) / new Vector<float>(Full),
            Vector.ConvertToSingle(Vector.AsVectorInt32(high)) / new Vector<float>(Full));
    }
}
