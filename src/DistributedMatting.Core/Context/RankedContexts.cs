namespace DistributedMatting.Core.Context;

/// <summary>The context patches of one query patch, best first.</summary>
/// <param name="QueryPatch">The query's index in the grid.</param>
/// <param name="Patches">Indexes of its contexts in the grid; fewer than K, or none, where there are not so many candidates.</param>
/// <param name="Scores">
/// How each context correlates with the query, −1 to 1: h of Eq. 1, by which they are ranked, over the largest that any
/// candidate could reach, |Σq| · max|Σc|. 1 is a context that points the query's way and is as strong as the strongest
/// candidate. Eq. 2's softmax of h keeps the order, but is all but 1, 0, 0. NaN where an older record did not keep it.
/// </param>
public sealed record RankedContexts(int QueryPatch, IReadOnlyList<int> Patches, IReadOnlyList<double> Scores);
