namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>
/// What is believed of alpha beforehand: the solver adds Σ wᵢ (αᵢ − αᵢ')² to its energy, as in Wang and Cohen, "Optimized
/// Color Sampling for Robust Matting" (CVPR 2007), Sec. 4. Only unknown cells are read.
/// </summary>
/// <param name="Alpha">α', one value a cell, 0 to 1.</param>
/// <param name="Weight">w, one value a cell, 0 (nothing is known) upwards; the diagonal of the matting Laplacian is about 1.</param>
public sealed record AlphaEvidence(float[] Alpha, float[] Weight);
