namespace DistributedMatting.Core.Context;

/// <summary>One patch's pooled vector: a side of Eq. 1 summed over the patch's positions.</summary>
/// <param name="PatchIndex">The patch's place in its grid.</param>
/// <param name="Values">
/// <see cref="Networks.EncodedPatch.QuerySum"/> or <see cref="Networks.EncodedPatch.ContextSum"/>.
/// </param>
public readonly record struct PooledVector(int PatchIndex, ReadOnlyMemory<float> Values);
