namespace DistributedMatting.Core.Plates;

/// <summary>How much of a trimap is unknown.</summary>
public static class TrimapCount
{
    private const int RowsAtOnce = 64;

    /// <summary>Reads a trimap to its end, and counts its unknown pixels.</summary>
    /// <param name="trimap">From its first row.</param>
    /// <param name="cancellation">Stops between some rows.</param>
    /// <exception cref="InvalidInputException">The file ends early or cannot be decoded.</exception>
    public static long Unknown(ITrimapReader trimap, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trimap);
        var (width, height) = (trimap.Size.Width, trimap.Size.Height);
        var buffer = new byte[Math.Min(RowsAtOnce, height) * width];
        var unknown = 0L;
        for (var y = 0; y < height; y += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = buffer.AsSpan(0, Math.Min(RowsAtOnce, height - y) * width);
            trimap.ReadRows(rows);
            unknown += rows.Count((byte)Region.Unknown);
        }

        return unknown;
    }
}
