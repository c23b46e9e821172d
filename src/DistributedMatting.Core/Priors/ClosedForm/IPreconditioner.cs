namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>A symmetric positive approximation of A⁻¹.</summary>
internal interface IPreconditioner
{
    /// <summary>z ≈ A⁻¹ r; returns r · z.</summary>
    double Apply(float[] r, float[] z);
}
