namespace DistributedMatting.Core.Stitching;

/// <summary>The finished alpha of each inferred patch, wherever it is kept.</summary>
public interface IPatchAlphas
{
    /// <summary>Reads the alpha of one finished patch. Called by the stitching thread only, once a patch.</summary>
    /// <param name="patchIndex">A patch that was reported finished.</param>
    /// <param name="alpha">Receives <c>Side × Side</c> values, row by row, 0 to 65535 for 0 to 1 (see <see cref="UnitAlpha"/>).</param>
    void Read(int patchIndex, Span<ushort> alpha);
}
