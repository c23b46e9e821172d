namespace DistributedMatting.Core.Stitching;

/// <summary>Gives finished rows to several takers, in order: a file, a seam meter, error sums.</summary>
public sealed class AlphaRowsTee(params IReadOnlyList<IAlphaRows> takers) : IAlphaRows
{
    /// <inheritdoc/>
    public void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions)
    {
        foreach (var taker in takers) taker.Write(firstRow, alpha, regions);
    }
}
