namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>What the closed-form solver found.</summary>
/// <param name="Alpha">One value a pixel, 0 to 1; exactly 0 or 1 where the trimap says so.</param>
/// <param name="Iterations">Iterations of conjugate gradients at the finest level.</param>
/// <param name="Residual">The residual reached, relative as in <see cref="ClosedFormOptions.Tolerance"/>.</param>
public sealed record ClosedFormResult(float[] Alpha, int Iterations, double Residual);
