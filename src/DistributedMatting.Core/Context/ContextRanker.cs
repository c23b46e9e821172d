namespace DistributedMatting.Core.Context;

/// <summary>
/// Context patch sampling (HDMatt, Sec. 3.2.1). Eq. 1 sums q_s · c_s' over all pairs of positions, which is the
/// dot product of two pooled vectors, Σ_{s∈U} q_s and Σ_s' c_s'. So every query is ranked against every
/// candidate exactly, as one blocked matrix product, in memory that grows with queries × K + candidates.
/// </summary>
/// <remarks>
/// The ranking depends on the vectors alone: sums run in double in a fixed order, equal scores go to the lower
/// patch index, and each query is worked by one thread. A query is never its own context.
/// </remarks>
public sealed class ContextRanker
{
    private readonly int _contexts;
    private readonly int _candidateLimit;

    /// <summary>A ranker for K contexts a query.</summary>
    /// <param name="contexts">K, 0 or more; 3 in the paper.</param>
    /// <param name="candidateLimit">
    /// N: rank only so many candidates, evenly spaced over the list of candidates; 0 for all of them.
    /// A query that is among them has N − 1.
    /// </param>
    public ContextRanker(int contexts, int candidateLimit = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contexts);
        ArgumentOutOfRangeException.ThrowIfNegative(candidateLimit);
        _contexts = contexts;
        _candidateLimit = candidateLimit;
    }

    /// <summary>Ranks the candidates for every query.</summary>
    /// <param name="queries"><see cref="Networks.EncodedPatch.QuerySum"/> of each query patch.</param>
    /// <param name="candidates"><see cref="Networks.EncodedPatch.ContextSum"/> of each patch that may be a context, in row order.</param>
    /// <param name="threads">Threads at most; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between queries.</param>
    /// <exception cref="ArgumentException">Vectors differ in length.</exception>
    /// <exception cref="InvalidInputException">A vector holds NaN or infinity.</exception>
    public ContextRanking Rank(
        IReadOnlyList<PooledVector> queries, IReadOnlyList<PooledVector> candidates,
        int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (queries.Count == 0) return new ContextRanking([]);

        var channels = queries[0].Values.Length;
        Check(queries, channels);
        Check(candidates, channels);

        var chosen = CandidateLimit.Choose(candidates, _candidateLimit);
        var matrix = new CandidateMatrix(chosen, channels);
        var patches = chosen.Select(candidate => candidate.PatchIndex).ToArray();
        var longest = chosen.Count == 0 ? 0 : chosen.Max(Length);
        var ranked = new RankedContexts[queries.Count];
        Parallel.For(
            0, queries.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new double[matrix.PaddedCount],
            (i, _, scores) =>
            {
                matrix.Multiply(queries[i].Values.Span, scores);
                ranked[i] = BestContexts.Of(queries[i].PatchIndex, patches, scores.AsSpan(0, patches.Length), _contexts, Length(queries[i]) * longest);
                return scores;
            },
            _ => { });
        return new ContextRanking(ranked);
    }

    private static double Length(PooledVector vector)
    {
        var squares = 0.0;
        foreach (double value in vector.Values.Span) squares += value * value;
        return Math.Sqrt(squares);
    }

    private static void Check(IReadOnlyList<PooledVector> vectors, int channels)
    {
        foreach (var vector in vectors)
        {
            if (vector.Values.Length != channels)
                throw new ArgumentException($"Patch {vector.PatchIndex} has a pooled vector of {vector.Values.Length} channels, others have {channels}.", nameof(vectors));
            foreach (var value in vector.Values.Span)
                if (!float.IsFinite(value))
                    throw new InvalidInputException($"Patch {vector.PatchIndex}: the network gave {value} in its pooled vector where only finite numbers make sense; is the model file damaged?");
        }
    }
}
