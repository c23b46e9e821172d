using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Bench;

namespace DistributedMatting.Cli.Bench;

/// <summary>What one measuring process says.</summary>
/// <param name="Result">What the method cost.</param>
/// <param name="PatchesTotal">Patches of the plate with unknown pixels.</param>
/// <param name="PatchesMeasured">How many of them the method worked on: all, or an even subset.</param>
/// <param name="Report">The pipeline's own account of its time; null for the others.</param>
internal sealed record BenchMeasurement(BenchResult Result, int PatchesTotal, int PatchesMeasured, MattingReport? Report)
{
    /// <summary>Seconds that all patches would have taken, at the rate of those that were measured.</summary>
    public double SecondsForAll => PatchesMeasured == 0 ? 0 : Result.Seconds * PatchesTotal / PatchesMeasured;
}
