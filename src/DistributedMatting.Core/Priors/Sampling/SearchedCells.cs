using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>Eight cells whose colours are to be explained.</summary>
/// <param name="Colour">Their colours.</param>
/// <param name="X">Their columns.</param>
/// <param name="Y">Their rows.</param>
/// <param name="NearForeground">One over the distance to the nearest known foreground.</param>
/// <param name="NearBackground">One over the distance to the nearest known background.</param>
internal readonly record struct SearchedCells(
    Colours Colour, Vector256<float> X, Vector256<float> Y, Vector256<float> NearForeground, Vector256<float> NearBackground)
{
    /// <summary>Distances to the samples that the lanes' numbers name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Distance(ReadOnlySpan<KnownSample> all, Vector256<int> n)
    {
        var dx = X - Vector256.Create(all[n[0]].X, all[n[1]].X, all[n[2]].X, all[n[3]].X, all[n[4]].X, all[n[5]].X, all[n[6]].X, all[n[7]].X);
        var dy = Y - Vector256.Create(all[n[0]].Y, all[n[1]].Y, all[n[2]].Y, all[n[3]].Y, all[n[4]].Y, all[n[5]].Y, all[n[6]].Y, all[n[7]].Y);
        return Vector256.Sqrt(dx * dx + dy * dy);
    }
}
