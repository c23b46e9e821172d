namespace DistributedMatting.Core.Scheduling;

/// <summary>Patches that one worker alone may work on, for as long as it makes progress.</summary>
/// <param name="Token">
/// Fencing token: larger than that of every lease before it, those of earlier schedulers included.
/// A worker that comes back with a token that is no longer held is told so.
/// </param>
/// <param name="Job">The job.</param>
/// <param name="Stage">The stage of it.</param>
/// <param name="Patches">Indexes in the grid, ascending.</param>
/// <param name="Key">Of the results, as the job knows its plate: a worker that sees another plate there must not begin.</param>
public sealed record PatchLease(long Token, string Job, string Stage, IReadOnlyList<int> Patches, string Key = "");

/// <summary>A worker that asks for patches.</summary>
/// <param name="Worker">Its name, of which there is one.</param>
/// <param name="Silo">The silo that it is on.</param>
/// <param name="Capacity">Most patches that it takes at once, at least 1.</param>
public sealed record WorkerOffer(string Worker, string Silo, int Capacity);

/// <summary>A patch that failed on several workers, and is tried no more.</summary>
/// <param name="Job">The job.</param>
/// <param name="Stage">The stage of it.</param>
/// <param name="Patch">Index in the grid.</param>
/// <param name="Error">What the last worker said, in one line.</param>
/// <param name="Workers">Who tried it and said that it failed, none twice.</param>
/// <param name="Silos">Silos that they are on.</param>
/// <param name="Failures">How often it failed.</param>
public sealed record PoisonPatch(string Job, string Stage, int Patch, string Error, IReadOnlyList<string> Workers, int Silos = 1, int Failures = 0);
