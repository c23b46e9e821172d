namespace DistributedMatting.Core.Scheduling;

/// <summary>The patches of one job that one stage has still to work on, as its plate job offers them.</summary>
public sealed record PatchRound
{
    /// <summary>The job's name.</summary>
    public required string Job { get; init; }

    /// <summary>Which stage of it; another name is another round, and replaces the one before.</summary>
    public required string Stage { get; init; }

    /// <summary>What the results are entered under; another key is another plate, and so another round. Empty for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>Projects share the workers evenly.</summary>
    public string Project { get; init; } = "";

    /// <summary>The highest goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Lower goes first within a priority and project: when it was submitted.</summary>
    public long Order { get; init; }

    /// <summary>Patches still to be done, no patch twice.</summary>
    public required IReadOnlyList<PatchTask> Patches { get; init; }
}

/// <summary>One patch to work on.</summary>
/// <param name="Patch">Its index in the grid.</param>
/// <param name="Home">The silo that holds what it needs in memory, and so should have it; empty for none.</param>
public readonly record struct PatchTask(int Patch, string Home = "");
