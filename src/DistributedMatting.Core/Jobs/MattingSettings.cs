using DistributedMatting.Core.Context;

namespace DistributedMatting.Core.Jobs;

/// <summary>
/// What a person chooses that changes the alpha. The side of a patch is the network's own
/// (<see cref="Networks.NetworkShape.Patch"/>). What only changes how fast the alpha comes
/// (threads, memory, folders) is kept elsewhere, so that it can never be part of a job's key.
/// </summary>
public sealed record MattingSettings
{
    /// <summary>Overlap of neighbouring patches in pixels, 0 to half a patch.</summary>
    public int Margin { get; init; } = 32;

    /// <summary>Context patches of each query, 0 to 64. HDMatt finds 3 as good as all (Table 3).</summary>
    public int Contexts { get; init; } = 3;

    /// <summary>Which queries have them: what the network was found to profit from.</summary>
    public ContextUse ContextUse { get; init; } = ContextUse.EveryQuery;

    /// <summary>
    /// 0: every patch with unknown pixels can be a context (exact). Otherwise only this many candidates,
    /// spread evenly, as HDMatt limits itself (N = 30); for comparison.
    /// </summary>
    public int Candidates { get; init; }

    /// <summary>Throws unless every setting lies within its limits for a network's patch.</summary>
    /// <param name="patch">Side of the network's patch in pixels.</param>
    /// <exception cref="InvalidInputException">Names the setting and what would be right.</exception>
    public void Validate(int patch)
    {
        Require("margin", Margin, 0, patch / 2, "pixels (half a patch at most)");
        Require("contexts", Contexts, 0, MaxContexts, "patches");
        if (!Enum.IsDefined(ContextUse)) throw new InvalidInputException($"context use is {ContextUse}; it must be {nameof(ContextUse.EveryQuery)} or {nameof(ContextUse.OneSidedQueries)}.");
        Require("candidates", Candidates, 0, MaxCandidates, "patches (0 takes all)");
    }

    /// <summary>Most contexts a query may have: the paper saw nothing more to gain after 7.</summary>
    public const int MaxContexts = 64;

    /// <summary>More candidates than any plate has patches.</summary>
    public const int MaxCandidates = 1_000_000;

    private static void Require(string name, int value, int least, int most, string unit)
    {
        if (value >= least && value <= most) return;
        throw new InvalidInputException($"{name} is {value}; it must be {least} to {most} {unit}.");
    }
}
