namespace DistributedMatting.Core.Context;

/// <summary>The context patches of every query patch of a plate.</summary>
public sealed class ContextRanking
{
    private readonly Dictionary<int, RankedContexts> _byPatch;

    /// <summary>Collects what was ranked.</summary>
    /// <param name="queries">One entry a query patch, no query twice.</param>
    public ContextRanking(IReadOnlyList<RankedContexts> queries)
    {
        ArgumentNullException.ThrowIfNull(queries);
        Queries = queries;
        _byPatch = queries.ToDictionary(query => query.QueryPatch);
    }

    /// <summary>One entry a query, in the order in which the queries were given.</summary>
    public IReadOnlyList<RankedContexts> Queries { get; }

    /// <summary>This ranking and queries that draw on nothing.</summary>
    public ContextRanking And(IEnumerable<int> withoutContexts) => new([.. Queries, .. withoutContexts.Select(patch => new RankedContexts(patch, [], []))]);

    /// <summary>The contexts of a query patch.</summary>
    /// <exception cref="KeyNotFoundException">That patch was no query.</exception>
    public RankedContexts Of(int patchIndex) => _byPatch.TryGetValue(patchIndex, out var contexts)
        ? contexts
        : throw new KeyNotFoundException($"Patch {patchIndex} was not ranked as a query.");
}
