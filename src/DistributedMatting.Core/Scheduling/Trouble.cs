namespace DistributedMatting.Core.Scheduling;

/// <summary>What went wrong with a patch so far.</summary>
/// <param name="FailedOn">Workers that said that it failed, each time that they did.</param>
/// <param name="FailedAt">The silos that they are on.</param>
/// <param name="Lost">Leases on it that ended without a word: its worker died or hung.</param>
/// <param name="Error">What was said last.</param>
/// <param name="At">When, as a timestamp of the clock.</param>
/// <param name="IsPoison">Whether it is tried no more.</param>
internal sealed record Trouble(IReadOnlyList<string> FailedOn, IReadOnlySet<string> FailedAt, int Lost, string Error, long At, bool IsPoison)
{
    public static Trouble None { get; } = new([], new HashSet<string>(), 0, "", default, false);
}
