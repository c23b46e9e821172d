using DistributedMatting.Core.Plates;

namespace DistributedMatting.Cli.Matting;

/// <summary>A matte that stays in memory: for pictures small enough to be measured whole.</summary>
internal sealed class MemoryAlpha(PixelSize size) : IAlphaWriter
{
    private int _next;

    public PixelSize Size => size;

    /// <summary>0 to 1, row by row.</summary>
    public float[] Values { get; } = new float[size.Pixels];

    public void WriteRows(ReadOnlySpan<float> alpha)
    {
        alpha.CopyTo(Values.AsSpan(_next));
        _next += alpha.Length;
    }

    public void Complete()
    {
    }

    public void Dispose()
    {
    }
}
