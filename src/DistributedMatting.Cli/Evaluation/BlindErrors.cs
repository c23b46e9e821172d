using DistributedMatting.Core.Metrics;
using DistributedMatting.Core.Patches;

namespace DistributedMatting.Cli.Evaluation;

/// <summary>
/// Errors where patches see only unknown pixels, so that contexts and priors are all that tells foreground from
/// background. Every method is measured on the same pixels: those of the published networks' patches.
/// </summary>
/// <param name="Patches">Patches that see nothing known.</param>
/// <param name="Sad">Sum of |Δα| ÷ 1000 over the pixels that only they answer for.</param>
/// <param name="Mse">Mean of Δα² over them.</param>
internal sealed record BlindErrors(int Patches, double Sad, double Mse)
{
    private const int Side = 320;
    private const int Margin = 32;

    public static BlindErrors? Measure(float[] alpha, EvaluationImage image)
    {
        var (regions, patches) = WhollyUnknown.Only(image.Regions, new PatchGrid(image.Size, Side, Margin));
        var sums = new DifferenceSums();
        sums.Add(alpha, image.Truth, regions);
        return sums.UnknownPixels == 0 ? null : new BlindErrors(patches, sums.Sad, sums.Mse);
    }
}
