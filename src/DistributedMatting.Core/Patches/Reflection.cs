namespace DistributedMatting.Core.Patches;

/// <summary>Reflective padding past an image's edge (HDMatt, Sec. 3.1): … 2 1 | 0 1 2 … n−1 | n−2 n−3 …</summary>
public static class Reflection
{
    /// <summary>
    /// The index inside <c>0 … length − 1</c> that <paramref name="index"/> reflects to. The edge pixel itself
    /// is not repeated; an image narrower than the overhang is reflected again and again.
    /// </summary>
    public static int Index(int index, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        if (length == 1) return 0;

        var period = 2 * (length - 1);
        var i = index % period;
        if (i < 0) i += period;
        return i < length ? i : period - i;
    }
}
