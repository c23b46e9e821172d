using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;

namespace DistributedMatting.Core.Tests.Support;

/// <summary>Keeps the rows that a stitcher writes, and checks that they come in order.</summary>
internal sealed class MatteRows(PixelSize size) : IAlphaRows
{
    public float[] Alpha { get; } = new float[size.Pixels];

    public int Next { get; private set; }

    public void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions)
    {
        Assert.Equal(Next, firstRow);
        Assert.Equal(alpha.Length, regions.Length);
        alpha.CopyTo(Alpha.AsSpan(firstRow * size.Width));
        Next += alpha.Length / size.Width;
    }
}
