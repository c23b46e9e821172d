namespace DistributedMatting.Core.Context;

/// <summary>The context patches of one query patch, best first.</summary>
/// <param name="QueryPatch">The query's index in the grid.</param>
/// <param name="Patches">Indexes of its contexts in the grid; fewer than K, or none, where there are not so many candidates.</param>
/// <param name="Scores">d of Eq. 2 for each context: softmax over all candidates, so at most 1 together.</param>
public sealed record RankedContexts(int QueryPatch, IReadOnlyList<int> Patches, IReadOnlyList<double> Scores);
