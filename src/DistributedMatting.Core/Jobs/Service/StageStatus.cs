namespace DistributedMatting.Core.Jobs.Service;

/// <summary>How far a stage of a job is.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Done">Units done, those of earlier runs included.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What is counted: "rows", "patches" or "steps".</param>
/// <param name="Seconds">Since the stage began, to the last unit done.</param>
/// <param name="SecondsLeft">At the rate so far; null while nothing is known.</param>
public sealed record StageStatus(MattingStage Stage, long Done, long Total, string Unit, double Seconds, double? SecondsLeft)
{
    /// <summary>The same, from what an engine reports.</summary>
    public static StageStatus Of(StageProgress progress) => new(
        progress.Stage, progress.Done, progress.Total, progress.Unit, progress.Elapsed.TotalSeconds, progress.Left?.TotalSeconds);
}
