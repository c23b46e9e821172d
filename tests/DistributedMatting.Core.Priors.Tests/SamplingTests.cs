using System.Runtime.Intrinsics;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.ClosedForm;
using DistributedMatting.Core.Priors.Nearest;
using DistributedMatting.Core.Priors.Sampling;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Core.Priors.Tests;

public sealed class SamplingTests
{
    private static readonly PixelSize Size = new(120, 90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ReducedPlate Plate((float[] Rgb, byte[] Regions) picture, PixelSize size) =>
        Pictures.Reduced(size, picture.Rgb, picture.Regions, new PriorOptions());

    private static PairSearch Search(ReducedPlate plate, SamplingOptions options, int threads)
    {
        var nearF = NearestCells.Find(plate.Regions, plate.Size, Region.Foreground, 1, Cancel)!;
        var nearB = NearestCells.Find(plate.Regions, plate.Size, Region.Background, 1, Cancel)!;
        var search = new PairSearch(
            plate, KnownSamples.Of(plate, Region.Foreground), KnownSamples.Of(plate, Region.Background),
            new Nearness(plate, nearF, nearB, 1, Cancel), options);
        search.Run(threads, Cancel);
        return search;
    }

    private static Colours Colour(Func<int, (float, float, float)> lane)
    {
        var lanes = Enumerable.Range(0, 8).Select(lane).ToArray();
        return new Colours(
            Vector256.Create([.. lanes.Select(c => c.Item1)]), Vector256.Create([.. lanes.Select(c => c.Item2)]), Vector256.Create([.. lanes.Select(c => c.Item3)]));
    }

    /// <summary>The place of a sample counts by how much farther it lies than the nearest known cell (He et al. 2011, Eq. 3).</summary>
    private static float Far(PixelSize size, int at, KnownSample sample, int[] nearest)
    {
        double To(double x, double y) => Math.Sqrt(Math.Pow(x - at % size.Width, 2) + Math.Pow(y - at / size.Width, 2));
        return (float)(To(sample.X, sample.Y) / To(nearest[at] % size.Width, nearest[at] / size.Width));
    }

    private static AlphaEvidence? Evidence(ReducedPlate plate, int threads = 1) => SampledAlpha.Find(
        plate, NearestCells.Find(plate.Regions, plate.Size, Region.Foreground, 1, Cancel),
        NearestCells.Find(plate.Regions, plate.Size, Region.Background, 1, Cancel), new SamplingOptions(), threads, Cancel);

    private static double Error(float[] truth, float[] alpha) => truth.Zip(alpha, (a, b) => Math.Abs(a - b)).Average();

    [Fact]
    public void Mixture_IsFoundExactlyInEveryLane() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Gen.Choose(0, 1 << 20).ToArbitrary(), (Func<int, bool>)(seed =>
        {
            var random = new Random(seed);
            Colours Any() => Colour(_ => (random.NextSingle(), random.NextSingle(), random.NextSingle()));
            var (foreground, background) = (Any(), Any());
            var alpha = Vector256.Create([.. Enumerable.Range(0, 8).Select(_ => random.NextSingle())]);
            var own = background.Less(-alpha, foreground - background);
            var pairs = ColourPairs.Of(own, foreground, background, mixtureCost: 0);
            for (var i = 0; i < 8; i++)
            {
                Assert.Equal(alpha[i], pairs.Alpha[i], 2e-3f);
                Assert.Equal(0, pairs.Residual[i], 1e-5f);
                Assert.Equal(0, pairs.Cost[i], 0.01f);
            }

            return true;
        })));

    [Fact]
    public void Grain_IsNoTransparency()
    {
        float[] greys = [0, 4 / 255f, 0.5f, 251 / 255f, 1, 0.25f, 0.75f, 0.6f];
        var pairs = ColourPairs.Of(Colour(i => (greys[i], greys[i], greys[i])), Colour(_ => (1, 1, 1)), Colour(_ => (0, 0, 0)), 8 / 255f);
        float[] expected = [0, 0, 0.5f, 1, 1, 0.25f, 0.75f, 0.6f];
        for (var i = 0; i < 8; i++) Assert.Equal(expected[i], pairs.Alpha[i], 1e-4f);
    }

    [Fact]
    public void Chance_StaysInTheListAndReachesAllOfIt()
    {
        var (met, near) = (new HashSet<int>(), new HashSet<int>());
        for (var round = 0u; round < 200; round++)
        {
            var chance = new Chances(Vector256<uint>.Indices + Vector256.Create(8 * round), round);
            var (any, close) = (chance.Below(7), chance.Near(Vector256.Create(1), 0.3f, 10));
            for (var i = 0; i < 8; i++)
            {
                met.Add(any[i]);
                near.Add(close[i]);
            }
        }

        Assert.Equal(Enumerable.Range(0, 7), met.Order());
        Assert.Equal([0, 1, 2, 3, 4, 8, 9], near.Order());
    }

    [Fact]
    public void Search_FindsPairsLikeTheBestOfAll()
    {
        var size = new PixelSize(43, 30);
        var (rgb, regions, _) = Pictures.Disc(size, 0.4, 0.8);
        var plate = Plate((rgb, regions), size);
        var options = new SamplingOptions { Rounds = 10 };
        var search = Search(plate, options, 2);
        var (foreground, background) = (KnownSamples.Of(plate, Region.Foreground), KnownSamples.Of(plate, Region.Background));
        var nearF = NearestCells.Find(plate.Regions, size, Region.Foreground, 1, Cancel)!;
        var nearB = NearestCells.Find(plate.Regions, size, Region.Background, 1, Cancel)!;
        var plane = plate.Regions.Length;
        var (cells, worse) = (0, 0);
        for (var at = 0; at < plate.Regions.Length; at++)
        {
            if (plate.Regions[at] != (byte)Region.Unknown) continue;
            var own = Colour(_ => (plate.Rgb[at], plate.Rgb[plane + at], plate.Rgb[2 * plane + at]));
            var best = foreground.SelectMany(_ => background, (f, b) =>
                ColourPairs.Of(own, Colour(_ => (f.R, f.G, f.B)), Colour(_ => (b.R, b.G, b.B)), options.MixtureCost).Cost[0]
                + Far(size, at, f, nearF) + Far(size, at, b, nearB)).Min();
            var found = search.Cost(at % size.Width, at / size.Width);
            Assert.True(found >= best - 1e-3, $"cell {at}: {found} is less than the best pair's {best}");
            cells++;
            if (found > best + 1) worse++;
        }

        Assert.True(worse <= cells / 20, $"{worse} of {cells} cells are off by more than one code value");
    }

    [Fact]
    public void AnyThreads_SameBits()
    {
        var (rgb, regions, _) = Pictures.Lattice(Size);
        var plate = Plate((rgb, regions), Size);
        var one = Evidence(plate)!;
        var four = Evidence(plate, threads: 4)!;
        Assert.Equal(one.Alpha, four.Alpha);
        Assert.Equal(one.Weight, four.Weight);
    }

    [Fact]
    public void Holes_AreSeenThrough()
    {
        var (rgb, regions, truth) = Pictures.Lattice(Size);
        var plate = Plate((rgb, regions), Size);
        float[] Solve(AlphaEvidence? evidence) => ClosedFormMatting.Solve(plate.Rgb, plate.Regions, Size, new ClosedFormOptions(), evidence, Cancel).Alpha;
        var (alone, together) = (Error(truth, Solve(null)), Error(truth, Solve(Evidence(plate))));
        Assert.True(together < 0.02 && together < alone / 3, $"mean error {together}; closed form alone {alone}");
    }

    [Fact]
    public void OneRegionMissing_IsNoEvidence()
    {
        var (rgb, regions, _) = Pictures.Lattice(Size);
        for (var i = 0; i < regions.Length; i++)
            if (regions[i] == (byte)Region.Foreground) regions[i] = (byte)Region.Unknown;
        Assert.Null(Evidence(Plate((rgb, regions), Size)));
    }

    [Fact]
    public void NoiseAndAnyTrimap_FiniteAndBetween0And1() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(40),
        Prop.ForAll(Gen.Choose(1, 40).Three().ToArbitrary(), (Func<(int, int, int), bool>)(t =>
        {
            var size = new PixelSize(t.Item1, t.Item2);
            var evidence = Evidence(Plate(Pictures.Noise(size, t.Item3, unknown: 0.7), size));
            if (evidence is null) return true;
            Assert.All(evidence.Alpha, alpha => Assert.InRange(alpha, 0f, 1f));
            Assert.All(evidence.Weight, weight => Assert.InRange(weight, 0f, new SamplingOptions().Weight));
            return true;
        })));

    [Theory]
    [InlineData(-1, 0.1f, 0.1f, "sampling rounds: -1 is not possible; give 0 to 100")]
    [InlineData(5, float.NaN, 0.1f, "sampling mixture cost: NaN is not possible; give 0 to 1")]
    [InlineData(5, 0.1f, 2f, "sampling weight: 2 is not possible; give 0 to 1")]
    public void BadOptions_AreNamed(int rounds, float mixture, float weight, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InvalidInputException>(() =>
            new PriorOptions { Sampling = new SamplingOptions { Rounds = rounds, MixtureCost = mixture, Weight = weight } }.Validate()).Message);
}
