namespace DistributedMatting.Core.Context;

/// <summary>Picks the K best candidates of one query and gives them the scores of Eq. 2.</summary>
internal static class BestContexts
{
    /// <param name="query">The query's patch index; that candidate is left out.</param>
    /// <param name="patches">Patch index of each candidate.</param>
    /// <param name="scores">h of Eq. 1 for each candidate.</param>
    /// <param name="count">K.</param>
    public static RankedContexts Of(int query, ReadOnlySpan<int> patches, ReadOnlySpan<double> scores, int count)
    {
        var best = new List<int>(Math.Min(count, patches.Length) + 1);
        for (var i = 0; i < patches.Length; i++)
        {
            if (patches[i] == query) continue;
            if (best.Count == count && (count == 0 || !IsBetter(i, best[^1], patches, scores))) continue;

            var place = best.Count;
            while (place > 0 && IsBetter(i, best[place - 1], patches, scores)) place--;
            best.Insert(place, i);
            if (best.Count > count) best.RemoveAt(count);
        }
        if (best.Count == 0) return new RankedContexts(query, [], []);

        // exp of the raw scores would overflow: the largest is taken off first, which Eq. 2 does not feel.
        var largest = scores[best[0]];
        var total = 0.0;
        for (var i = 0; i < patches.Length; i++)
            if (patches[i] != query) total += Math.Exp(scores[i] - largest);

        var contexts = new int[best.Count];
        var softmax = new double[best.Count];
        for (var k = 0; k < best.Count; k++)
        {
            contexts[k] = patches[best[k]];
            softmax[k] = Math.Exp(scores[best[k]] - largest) / total;
        }
        return new RankedContexts(query, contexts, softmax);
    }

    private static bool IsBetter(int a, int b, ReadOnlySpan<int> patches, ReadOnlySpan<double> scores) =>
        scores[a] > scores[b] || (scores[a] == scores[b] && patches[a] < patches[b]);
}
