using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Stitching;

/// <summary>Gives finished rows to an alpha file. Completing the file is left to its owner.</summary>
public sealed class AlphaFileRows(IAlphaWriter writer) : IAlphaRows
{
    /// <inheritdoc/>
    public void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions) => writer.WriteRows(alpha);
}
