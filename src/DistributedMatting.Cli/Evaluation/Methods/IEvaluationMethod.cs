namespace DistributedMatting.Cli.Evaluation.Methods;

/// <summary>A way to a matte that can be measured.</summary>
internal interface IEvaluationMethod : IDisposable
{
    /// <summary>Alpha of the whole image, 0 to 1, exactly 0 or 1 where the trimap knows.</summary>
    Task<float[]> MatteAsync(EvaluationImage image, CancellationToken cancellation);
}
