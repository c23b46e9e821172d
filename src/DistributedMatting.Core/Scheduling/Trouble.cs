namespace DistributedMatting.Core.Scheduling;

/// <summary>What went wrong with a patch so far.</summary>
/// <param name="FailedOn">Workers that said that it failed.</param>
/// <param name="Lost">Leases on it that ended without a word: its worker died or hung.</param>
/// <param name="Error">What was said last.</param>
/// <param name="At">When.</param>
/// <param name="IsPoison">Whether it is tried no more.</param>
internal sealed record Trouble(IReadOnlyList<string> FailedOn, int Lost, string Error, DateTimeOffset At, bool IsPoison)
{
    public static Trouble None { get; } = new([], 0, "", default, false);
}
