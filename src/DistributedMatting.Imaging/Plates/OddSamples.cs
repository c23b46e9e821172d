using System.Runtime.InteropServices;

namespace DistributedMatting.Imaging;

/// <summary>Pixels of a float plate that hold NaN or an infinity in a colour, in the rows read so far.</summary>
/// <param name="Pixels">How many.</param>
/// <param name="X">Column of the first.</param>
/// <param name="Y">Row of the first, upright.</param>
public sealed record OddSamples(long Pixels, int X, int Y)
{
    /// <summary>Counts on.</summary>
    /// <param name="known">What rows before held.</param>
    /// <param name="rows">Whole rows of interleaved floats.</param>
    /// <param name="bands">Samples a pixel; with 2 and from 4 on the last is no colour.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="firstRow">Which row comes first.</param>
    internal static OddSamples? Add(OddSamples? known, ReadOnlySpan<byte> rows, int bands, int width, int firstRow)
    {
        var values = MemoryMarshal.Cast<byte, float>(rows);
        var colours = bands < 3 ? 1 : 3;
        for (int pixel = 0, at = 0; at < values.Length; pixel++, at += bands)
        {
            if (AreFinite(values.Slice(at, colours))) continue;
            known = known is null ? new OddSamples(1, pixel % width, firstRow + pixel / width) : known with { Pixels = known.Pixels + 1 };
        }

        return known;
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (!float.IsFinite(value)) return false;
        return true;
    }
}
