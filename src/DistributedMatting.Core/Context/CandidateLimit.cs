namespace DistributedMatting.Core.Context;

/// <summary>
/// The paper ranks N = 30 candidate patches and does not say which. Here the exact ranking over all patches is
/// the rule, and this limit is kept to compare with: N candidates evenly spaced over the candidates in row order.
/// </summary>
internal static class CandidateLimit
{
    /// <summary>The middles of <paramref name="limit"/> equal stretches of the list; all of it where 0 or no fewer.</summary>
    public static IReadOnlyList<PooledVector> Choose(IReadOnlyList<PooledVector> candidates, int limit)
    {
        if (limit == 0 || limit >= candidates.Count) return candidates;

        var chosen = new PooledVector[limit];
        for (var i = 0; i < limit; i++)
            chosen[i] = candidates[(int)((2L * i + 1) * candidates.Count / (2L * limit))];
        return chosen;
    }
}
