namespace DistributedMatting.Core.Stitching;

/// <summary>Takes finished rows of an alpha matte, top to bottom, each row once.</summary>
public interface IAlphaRows
{
    /// <summary>Takes the next rows.</summary>
    /// <param name="firstRow">Row of the plate that the first of them is.</param>
    /// <param name="alpha">Whole rows, each value 0 to 1, exactly 0 or 1 where the trimap knows.</param>
    /// <param name="regions">The trimap of the same pixels: <see cref="Plates.Region"/> values.</param>
    void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions);
}
