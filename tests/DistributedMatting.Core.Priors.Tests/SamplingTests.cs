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
        var search = new PairSearch(
            plate, KnownSamples.Of(plate, Region.Foreground), KnownSamples.Of(plate, Region.Background),
            NearestCells.Find(plate.Regions, plate.Size, Region.Foreground, 1, Cancel)!,
            NearestCells.Find(plate.Regions, plate.Size, Region.Background, 1, Cancel)!, options);
        search.Run(threads, Cancel);
        return search;
    }

    private static AlphaEvidence? Evidence(ReducedPlate plate, int threads = 1) => SampledAlpha.Find(
        plate, NearestCells.Find(plate.Regions, plate.Size, Region.Foreground, 1, Cancel),
        NearestCells.Find(plate.Regions, plate.Size, Region.Background, 1, Cancel), new SamplingOptions(), threads, Cancel);

    private static double Error(float[] truth, float[] alpha) => truth.Zip(alpha, (a, b) => Math.Abs(a - b)).Average();

    [Fact]
    public void Mixture_IsFoundExactly() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Gen.Choose(0, 1 << 20).ToArbitrary(), (Func<int, bool>)(seed =>
        {
            var random = new Random(seed);
            Vector128<float> Colour() => Vector128.Create(random.NextSingle(), random.NextSingle(), random.NextSingle(), 0);
            var (foreground, background) = (new KnownSample(Colour(), 3, 4), new KnownSample(Colour(), 0, 0));
            var alpha = random.NextSingle();
            var own = alpha * foreground.Colour + (1 - alpha) * background.Colour;
            var pair = ColourPair.Of(own, 0, 0, (1 / 5f, 1), foreground, background, mixtureCost: 0, float.PositiveInfinity);
            Assert.Equal(alpha, pair.Alpha, 1e-3f);
            Assert.Equal(0, pair.Residual, 1e-5f);
            // The foreground lies at the distance of the nearest known one, the background here.
            Assert.Equal(1, pair.Cost, 0.01f);
            return true;
        })));

    [Fact]
    public void Grain_IsNoTransparency()
    {
        var (foreground, background) = (new KnownSample(Vector128.Create(1f, 1, 1, 0), 0, 0), new KnownSample(Vector128.Create(0f, 0, 0, 0), 0, 0));
        ColourPair At(float grey) => ColourPair.Of(Vector128.Create(grey, grey, grey, 0), 0, 0, (1, 1), foreground, background, 8 / 255f, float.PositiveInfinity);
        Assert.Equal(0, At(4 / 255f).Alpha);
        Assert.Equal(1, At(251 / 255f).Alpha);
        Assert.Equal(0.5f, At(0.5f).Alpha, 1e-4f);
    }

    [Fact]
    public void Search_FindsPairsLikeTheBestOfAll()
    {
        var size = new PixelSize(40, 30);
        var (rgb, regions, _) = Pictures.Disc(size, 0.4, 0.8);
        var plate = Plate((rgb, regions), size);
        var options = new SamplingOptions { Rounds = 10 };
        var search = Search(plate, options, 2);
        var (foreground, background) = (KnownSamples.Of(plate, Region.Foreground), KnownSamples.Of(plate, Region.Background));
        var nearF = NearestCells.Find(plate.Regions, size, Region.Foreground, 1, Cancel)!;
        var nearB = NearestCells.Find(plate.Regions, size, Region.Background, 1, Cancel)!;
        float Near(int at, int other) => 1 / MathF.Sqrt(MathF.Pow(at % size.Width - other % size.Width, 2) + MathF.Pow(at / size.Width - other / size.Width, 2));
        var (cells, worse) = (0, 0);
        for (var at = 0; at < plate.Regions.Length; at++)
        {
            if (plate.Regions[at] != (byte)Region.Unknown) continue;
            var near = (Near(at, nearF[at]), Near(at, nearB[at]));
            var best = foreground.SelectMany(_ => background, (f, b) => ColourPair.Of(
                KnownSamples.Colour(plate, at), at % size.Width, at / size.Width, near, f, b, options.MixtureCost, float.PositiveInfinity).Cost).Min();
            Assert.True(search.Pairs[at].Cost >= best - 1e-3, $"cell {at}: {search.Pairs[at].Cost} is less than the best pair's {best}");
            cells++;
            if (search.Pairs[at].Cost > best + 1) worse++;
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
