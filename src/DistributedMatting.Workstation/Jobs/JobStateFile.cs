using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Workstation.Jobs;

/// <summary>state.json: how far the job is, for people. The patches' journal is what counts.</summary>
/// <param name="Stage">Stage that was begun last.</param>
/// <param name="Finished">Whether the alpha is in its place.</param>
/// <param name="PatchesDone">Patches with a finished alpha.</param>
/// <param name="PatchesToInfer">Patches with unknown pixels.</param>
/// <param name="Process">Id of the process at work.</param>
/// <param name="UpdatedUtc">When this was written.</param>
internal sealed record JobStateFile(
    MattingStage Stage, bool Finished, int PatchesDone, int PatchesToInfer, int Process, DateTimeOffset UpdatedUtc);
