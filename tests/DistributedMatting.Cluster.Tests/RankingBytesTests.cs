using System.Runtime.InteropServices;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core.Context;

namespace DistributedMatting.Cluster.Tests;

public class RankingBytesTests
{
    [Fact]
    public void Ranking_SurvivesItsWay()
    {
        RankedContexts[] queries = [new(0, [4, 2, 9], [1, 0.25, -1]), new(7, [], []), new(8, [1], [0.1])];
        var read = RankingBytes.Read(RankingBytes.Write(new ContextRanking(queries)));
        Assert.Equal(queries.Select(Text), read.Select(Text));
    }

    [Fact]
    public void OlderSilosRanking_IsReadWithoutScores()
    {
        int[] old = [0, 2, 4, 2, 7, 0, 8, 1, 1];
        var read = RankingBytes.Read(MemoryMarshal.AsBytes(old.AsSpan()).ToArray());
        Assert.Equal(["0: 4 NaN, 2 NaN", "7: ", "8: 1 NaN"], read.Select(Text));
        Assert.Empty(RankingBytes.Read(default));
    }

    private static string Text(RankedContexts query) =>
        $"{query.QueryPatch}: {string.Join(", ", query.Patches.Zip(query.Scores, (patch, score) => FormattableString.Invariant($"{patch} {score}")))}";
}
