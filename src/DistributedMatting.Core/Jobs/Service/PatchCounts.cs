namespace DistributedMatting.Core.Jobs.Service;

/// <summary>A job's patches by state. Each patch that is to be inferred is in exactly one of the three states.</summary>
/// <param name="ToInfer">Patches with unknown pixels.</param>
/// <param name="Waiting">Of these, neither encoded nor matted.</param>
/// <param name="Encoded">Of these, encoded but not matted.</param>
/// <param name="Matted">Of these, matted.</param>
/// <param name="Known">Patches without an unknown pixel, never inferred; null until the job has succeeded.</param>
public sealed record PatchCounts(long ToInfer, long Waiting, long Encoded, long Matted, long? Known)
{
    /// <summary>Counted from the stages; null while neither encoding nor matting has begun.</summary>
    public static PatchCounts? Of(IReadOnlyList<StageStatus> stages, MattingReport? report)
    {
        ArgumentNullException.ThrowIfNull(stages);
        var encode = stages.FirstOrDefault(stage => stage.Stage == MattingStage.Encode);
        var matte = stages.FirstOrDefault(stage => stage.Stage == MattingStage.Matte);
        if (encode is null && matte is null) return null;

        var all = Math.Max(encode?.Total ?? 0, matte?.Total ?? 0);
        var matted = matte?.Done ?? 0;
        // A resumed job does not encode again what it has matted, so less may be encoded than matted.
        var touched = Math.Max(matted, encode?.Done ?? 0);
        return new PatchCounts(all, all - touched, touched - matted, matted, report?.PatchesKnown);
    }
}
