namespace DistributedMatting.Core.Stitching;

/// <summary>How visible the borders of patches are in a matte.</summary>
/// <param name="AcrossMean">Mean |alpha step| between the two pixels on either side of a border, in alpha (0 to 1).</param>
/// <param name="BesideMean">Mean |alpha step| one pixel beside the border, both sides averaged.</param>
/// <param name="Samples">Places that were measured.</param>
public readonly record struct SeamFigure(double AcrossMean, double BesideMean, long Samples)
{
    // A step of the 16 bits that patches are kept in: what is smaller is rounding, not picture.
    private const double Finest = 1.0 / 65535;

    /// <summary>
    /// Step across the borders over the step beside them: 1 for a matte without seams, or where there was nothing to
    /// measure; larger the more the borders show. Always finite.
    /// </summary>
    public double Ratio => Math.Max(AcrossMean, Finest) / Math.Max(BesideMean, Finest);
}
