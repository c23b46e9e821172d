namespace DistributedMatting.Core.Context;

/// <summary>Picks the K best candidates of one query. The softmax of Eq. 2 keeps the order of Eq. 1, so it need not be taken.</summary>
internal static class BestContexts
{
    /// <param name="query">The query's patch index; that candidate is left out.</param>
    /// <param name="patches">Patch index of each candidate.</param>
    /// <param name="scores">h of Eq. 1 for each candidate.</param>
    /// <param name="count">K.</param>
    /// <param name="largest">What no score of this query can exceed; 0 where all are 0.</param>
    public static RankedContexts Of(int query, ReadOnlySpan<int> patches, ReadOnlySpan<double> scores, int count, double largest)
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

        var contexts = new int[best.Count];
        var shown = new double[best.Count];
        for (var k = 0; k < best.Count; k++)
        {
            contexts[k] = patches[best[k]];
            shown[k] = largest > 0 ? Math.Clamp(scores[best[k]] / largest, -1, 1) : 0;
        }
        return new RankedContexts(query, contexts, shown);
    }

    private static bool IsBetter(int a, int b, ReadOnlySpan<int> patches, ReadOnlySpan<double> scores) =>
        scores[a] > scores[b] || (scores[a] == scores[b] && patches[a] < patches[b]);
}
