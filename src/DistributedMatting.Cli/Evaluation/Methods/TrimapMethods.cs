using DistributedMatting.Core.Metrics.Baselines;

namespace DistributedMatting.Cli.Evaluation.Methods;

/// <summary>Alpha is 0.5 wherever it is unknown.</summary>
internal sealed class TrimapHalf : IEvaluationMethod
{
    public Task<float[]> MatteAsync(EvaluationImage image, CancellationToken cancellation) =>
        Task.FromResult(TrimapBlur.Half(image.Regions));

    public void Dispose()
    {
    }
}

/// <summary>Alpha is the trimap, blurred.</summary>
internal sealed class TrimapBlurred : IEvaluationMethod
{
    public Task<float[]> MatteAsync(EvaluationImage image, CancellationToken cancellation) =>
        Task.FromResult(TrimapBlur.Blurred(image.Regions, image.Size));

    public void Dispose()
    {
    }
}
