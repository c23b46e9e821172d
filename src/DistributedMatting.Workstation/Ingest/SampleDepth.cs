using System.Numerics;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>Between 8-bit samples as a file holds them and 16-bit samples as Core sees them (v ↔ 257·v).</summary>
internal static class SampleDepth
{
    public static void Widen(ReadOnlySpan<byte> narrow, Span<ushort> wide)
    {
        var i = 0;
        for (; i <= narrow.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(narrow[i..]), out var low, out var high);
            (low * 257).CopyTo(wide[i..]);
            (high * 257).CopyTo(wide[(i + Vector<ushort>.Count)..]);
        }
        for (; i < narrow.Length; i++) wide[i] = (ushort)(257 * narrow[i]);
    }

    /// <summary>The inverse of <see cref="Widen"/>: the upper byte.</summary>
    public static void Narrow(ReadOnlySpan<ushort> wide, Span<byte> narrow)
    {
        var i = 0;
        for (; i <= wide.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var low = new Vector<ushort>(wide[i..]) >>> 8;
            var high = new Vector<ushort>(wide[(i + Vector<ushort>.Count)..]) >>> 8;
            Vector.Narrow(low, high).CopyTo(narrow[i..]);
        }
        for (; i < wide.Length; i++) narrow[i] = (byte)(wide[i] >>> 8);
    }
}
