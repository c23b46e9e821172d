namespace DistributedMatting.Core.Jobs;

/// <summary>How far a stage is. Comes often (after every patch or some rows), from any thread.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Done">Units done, of which <paramref name="Reused"/> were there from an earlier run.</param>
/// <param name="Total">Units in all; the stage is over when <paramref name="Done"/> equals it.</param>
/// <param name="Unit">What is counted: "rows", "patches" or "steps".</param>
/// <param name="Elapsed">Since the stage began.</param>
/// <param name="Reused">Units that an earlier run had done; not to be counted in a rate.</param>
public readonly record struct StageProgress(
    MattingStage Stage, long Done, long Total, string Unit, TimeSpan Elapsed, long Reused = 0)
{
    /// <summary>Units a second, over what this run has done; 0 before anything is.</summary>
    public double PerSecond => Elapsed > TimeSpan.Zero ? (Done - Reused) / Elapsed.TotalSeconds : 0;

    /// <summary>Time left at this rate; null while nothing is known.</summary>
    public TimeSpan? Left => PerSecond > 0 ? TimeSpan.FromSeconds((Total - Done) / PerSecond) : null;
}
