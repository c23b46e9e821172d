namespace DistributedMatting.Core.Context;

/// <summary>Which query patches draw on contexts.</summary>
public enum ContextUse
{
    /// <summary>All of them, as in the paper.</summary>
    EveryQuery,

    /// <summary>
    /// Those that lack known foreground or known background of their own: what a patch sees itself, others need not tell
    /// it, and they may tell it worse (docs/decisions/0007).
    /// </summary>
    OneSidedQueries,
}
