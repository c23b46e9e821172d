using DistributedMatting.Core.Priors.ClosedForm;

namespace DistributedMatting.Cli.Evaluation.Methods;

/// <summary>Closed-form matting (Levin et al. 2008) at full resolution: no network.</summary>
internal sealed class ClosedForm(int threads) : IEvaluationMethod
{
    public Task<float[]> MatteAsync(EvaluationImage image, CancellationToken cancellation)
    {
        var pixels = image.Regions.Length;
        var planes = new float[3 * pixels];
        for (var i = 0; i < pixels; i++)
        {
            for (var c = 0; c < 3; c++) planes[c * pixels + i] = image.Rgb[3 * i + c] / 65535f;
        }

        var options = new ClosedFormOptions { Threads = threads };
        return Task.FromResult(ClosedFormMatting.Solve(planes, image.Regions, image.Size, options, cancellation).Alpha);
    }

    public void Dispose()
    {
    }
}
