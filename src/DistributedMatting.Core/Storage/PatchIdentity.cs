namespace DistributedMatting.Core.Storage;

/// <summary>
/// What a result is of. Two workers with the same identity have done the same work, on whatever machine and for
/// whatever job: it counts once.
/// </summary>
/// <param name="Key">
/// <see cref="Jobs.JobKey.Value"/>: plate, trimap, model, device and settings; 64 lower-case hexadecimal digits.
/// </param>
/// <param name="Stage">What was done: lower-case letters.</param>
/// <param name="Patch">Index of the patch in the grid; 0 for a result of the whole plate.</param>
public readonly record struct PatchIdentity(string Key, string Stage, int Patch);
