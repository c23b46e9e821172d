using DistributedMatting.Core.Context;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Core.Tests.Context;

public class ContextRankerTests
{
    private sealed record Scene(int Patches, int Channels, int Positions, int Contexts, int Limit, int Seed);

    private static readonly Arbitrary<Scene> s_scenes = Arb.From(
        from patches in Gen.Choose(1, 70)
        from channels in Gen.Choose(1, 9)
        from positions in Gen.Choose(1, 6)
        from contexts in Gen.Choose(0, 8)
        from limit in Gen.Choose(0, 80)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new Scene(patches, channels, positions, contexts, limit, seed));

    [Fact]
    public void Ranking_EqualsTheDoubleSum() => Prop.ForAll(s_scenes, scene =>
    {
        // Features are small whole numbers, so that pooled floats and the double sum are both exact, ties included.
        var random = new Random(scene.Seed);
        var features = Enumerable.Range(0, scene.Patches)
            .Select(_ => Enumerable.Range(0, scene.Positions)
                .Select(_ => Enumerable.Range(0, scene.Channels).Select(_ => (double)random.Next(-2, 3)).ToArray()).ToArray())
            .ToArray();
        var unknown = features.Select(patch => patch.Select(_ => random.Next(2) == 0).ToArray()).ToArray();

        var ranking = new ContextRanker(scene.Contexts, scene.Limit).Rank(
            [.. features.Select((patch, i) => Pool(i, patch.Where((_, s) => unknown[i][s]), scene.Channels))],
            [.. features.Select((patch, i) => Pool(i, patch, scene.Channels))],
            threads: 1 + scene.Seed % 4, TestContext.Current.CancellationToken);

        double Square(IEnumerable<double[]> positions) => Pool(0, positions, scene.Channels).Values.ToArray().Sum(value => (double)value * value);
        var pool = Pool(scene).ToArray();
        for (var q = 0; q < scene.Patches; q++)
        {
            var h = pool.Where(c => c != q).Select(c => (Patch: c, Score: DoubleSum(features[q], unknown[q], features[c]))).ToArray();
            var largest = Math.Sqrt(Square(features[q].Where((_, s) => unknown[q][s]))) * Math.Sqrt(pool.Max(c => Square(features[c])));
            var expected = h.OrderByDescending(c => c.Score).ThenBy(c => c.Patch).Take(scene.Contexts).ToArray();

            var contexts = ranking.Of(q);
            Assert.Equal(expected.Select(c => c.Patch), contexts.Patches);
            for (var k = 0; k < expected.Length; k++)
                Assert.Equal(largest > 0 ? expected[k].Score / largest : 0, contexts.Scores[k], 1e-12);
        }
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void ManyThreads_GiveTheSameBits()
    {
        var random = new Random(5);
        PooledVector Noise(int i) => new(i, Enumerable.Range(0, 67).Select(_ => random.NextSingle() - 0.5f).ToArray());
        var queries = Enumerable.Range(0, 201).Select(Noise).ToArray();
        var candidates = Enumerable.Range(0, 201).Select(Noise).ToArray();
        var ranker = new ContextRanker(5);

        var one = ranker.Rank(queries, candidates, 1, TestContext.Current.CancellationToken);
        var many = ranker.Rank(queries, candidates, 8, TestContext.Current.CancellationToken);

        for (var i = 0; i < queries.Length; i++)
        {
            Assert.Equal(one.Queries[i].Patches, many.Queries[i].Patches);
            Assert.Equal(one.Queries[i].Scores, many.Queries[i].Scores);
        }
    }

    [Fact]
    public void HugeScores_StayWithinOne()
    {
        var ranking = new ContextRanker(3).Rank(
            [new(0, new[] { 1e20f })], [new(1, new[] { 1e20f }), new(2, new[] { -1e20f }), new(3, new[] { 1e20f })],
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([1, 3, 2], ranking.Of(0).Patches);
        Assert.Equal([1, 1, -1], ranking.Of(0).Scores);
    }

    [Fact]
    public void Scores_TellCandidatesApartWhereTheSoftmaxIsSaturated()
    {
        var ranking = new ContextRanker(3).Rank(
            [new(0, new[] { 300f, 400f })], [new(1, new[] { 3000f, 4000f }), new(2, new[] { 5000f, 0f }), new(3, new[] { 0f, 2500f }), new(4, new[] { 0f, 0f })],
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3], ranking.Of(0).Patches);
        Assert.Equal([1, 0.6, 0.4], ranking.Of(0).Scores);
    }

    [Fact]
    public void AQueryOfZeros_HasContextsOfNoCorrelation() =>
        Assert.Equal([0, 0], new ContextRanker(2).Rank([new(0, new[] { 0f })], [new(1, new[] { 1f }), new(2, new[] { 2f })], cancellation: TestContext.Current.CancellationToken).Of(0).Scores);

    [Fact]
    public void AQueryAlone_HasNoContexts()
    {
        PooledVector[] one = [new(7, new[] { 1f })];

        Assert.Empty(new ContextRanker(3).Rank(one, one, cancellation: TestContext.Current.CancellationToken).Of(7).Patches);
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public void ValueThatIsNotFinite_NamesThePatch(float value)
    {
        PooledVector[] queries = [new(0, new[] { 1f, 2f })];
        PooledVector[] candidates = [new(0, new[] { 1f, 2f }), new(41, new[] { 1f, value })];

        var exception = Assert.Throws<InvalidInputException>(
            () => new ContextRanker(3).Rank(queries, candidates, cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("Patch 41", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VectorsOfDifferentLength_NameThePatch()
    {
        var exception = Assert.Throws<ArgumentException>(() => new ContextRanker(3).Rank(
            [new(0, new[] { 1f, 2f })], [new(9, new[] { 1f })], cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("Patch 9", exception.Message, StringComparison.Ordinal);
    }

    private static PooledVector Pool(int patch, IEnumerable<double[]> positions, int channels) =>
        new(patch, Enumerable.Range(0, channels).Select(c => (float)positions.Sum(p => p[c])).ToArray());

    // Evenly spaced: the middle of each of N equal stretches.
    private static IEnumerable<int> Pool(Scene scene) => scene.Limit == 0 || scene.Limit >= scene.Patches
        ? Enumerable.Range(0, scene.Patches)
        : Enumerable.Range(0, scene.Limit).Select(i => (int)Math.Floor((decimal)(2 * i + 1) * scene.Patches / (2 * scene.Limit)));

    // Eq. 1 as it is printed: over all pairs of positions, those of the query in its unknown region.
    private static double DoubleSum(double[][] query, bool[] unknown, double[][] candidate)
    {
        var h = 0.0;
        for (var s = 0; s < query.Length; s++)
            for (var t = 0; t < candidate.Length; t++)
                if (unknown[s])
                    h += query[s].Zip(candidate[t], (a, b) => a * b).Sum();
        return h;
    }
}
