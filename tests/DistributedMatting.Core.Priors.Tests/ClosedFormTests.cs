using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.ClosedForm;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Core.Priors.Tests;

public sealed class ClosedFormTests
{
    static readonly ClosedFormOptions Converged = new() { Tolerance = 1e-7, MaxIterations = 2000 };

    static ClosedFormResult Solve(float[] rgb, byte[] regions, PixelSize size, ClosedFormOptions options) =>
        ClosedFormMatting.Solve(rgb, regions, size, options, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-7)]
    public void TinyPictures_EqualTheDefinition(double epsilon) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(30),
        Prop.ForAll(Gen.Choose(3, 14).Three().ToArbitrary(), (Func<(int, int, int), bool>)(t =>
        {
            var size = new PixelSize(t.Item1, t.Item2);
            var (rgb, regions) = Pictures.Noise(size, t.Item3 + 100 * t.Item1 + 7 * t.Item2, unknown: 0.6);
            regions[0] = (byte)Region.Foreground;
            regions[^1] = (byte)Region.Background;
            var (exact, condition) = DenseMatting.Solve(rgb, regions, size, epsilon);
            var solved = Solve(rgb, regions, size, Converged with { Epsilon = epsilon });
            // A handful of pixels of noise can leave alpha to epsilon alone: no single precision resolves that.
            var tolerance = Math.Max(1e-4, condition * Math.Pow(2, -24));
            for (var i = 0; i < exact.Length; i++) Assert.Equal(Math.Clamp(exact[i], 0, 1), solved.Alpha[i], tolerance);
            return true;
        })));

    [Fact]
    public void Evidence_EqualsTheDefinition() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(30),
        Prop.ForAll(Gen.Choose(3, 14).Three().ToArbitrary(), (Func<(int, int, int), bool>)(t =>
        {
            var size = new PixelSize(t.Item1, t.Item2);
            var (rgb, regions) = Pictures.Noise(size, t.Item3 + 31 * t.Item1 + 5 * t.Item2, unknown: 0.7);
            regions[0] = (byte)Region.Foreground;
            var random = new Random(t.Item3);
            var evidence = new AlphaEvidence(
                [.. regions.Select(_ => random.NextSingle())], [.. regions.Select(_ => random.Next(3) == 0 ? 0 : random.NextSingle())]);
            var (exact, condition) = DenseMatting.Solve(rgb, regions, size, 1e-4, evidence);
            var solved = ClosedFormMatting.Solve(rgb, regions, size, Converged with { Epsilon = 1e-4 }, evidence, TestContext.Current.CancellationToken);
            var tolerance = Math.Max(1e-4, condition * Math.Pow(2, -24));
            for (var i = 0; i < exact.Length; i++) Assert.Equal(Math.Clamp(exact[i], 0, 1), solved.Alpha[i], tolerance);
            return true;
        })));

    [Fact]
    public void WideRing_EqualsTheDefinition()
    {
        var size = new PixelSize(30, 26);
        var (rgb, regions, _) = Pictures.Disc(size, 0.3, 0.9);
        var (exact, _) = DenseMatting.Solve(rgb, regions, size, 1e-4);
        var solved = Solve(rgb, regions, size, Converged with { Epsilon = 1e-4 });
        for (var i = 0; i < exact.Length; i++) Assert.Equal(Math.Clamp(exact[i], 0, 1), solved.Alpha[i], 1e-4);
    }

    [Fact]
    public void SoftDisc_IsFound()
    {
        var size = new PixelSize(300, 260);
        var (rgb, regions, alpha) = Pictures.Disc(size, 0.4, 0.8);
        var solved = Solve(rgb, regions, size, new ClosedFormOptions());
        var error = alpha.Zip(solved.Alpha, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(error < 0.02, $"mean error {error}");
    }

    [Fact]
    public void DefaultTolerance_IsNearTheConverged()
    {
        var size = new PixelSize(300, 260);
        var (rgb, regions, _) = Pictures.Disc(size, 0.3, 0.9);
        var grain = new Random(7);
        for (var i = 0; i < rgb.Length; i++) rgb[i] = Math.Clamp(rgb[i] + 0.02f * (grain.NextSingle() - 0.5f), 0f, 1f);
        var converged = Solve(rgb, regions, size, Converged);
        var solved = Solve(rgb, regions, size, new ClosedFormOptions());
        Assert.True(converged.Residual <= 1e-7, $"residual {converged.Residual} after {converged.Iterations}");
        var error = converged.Alpha.Zip(solved.Alpha, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(error < 0.003, $"mean error {error}");
    }

    [Fact]
    public void AnyThreads_SameBits()
    {
        var size = new PixelSize(501, 233);
        var (rgb, regions, _) = Pictures.Disc(size, 0.2, 0.95);
        var one = Solve(rgb, regions, size, new ClosedFormOptions { Threads = 1 });
        foreach (var threads in new[] { 2, 5 })
            Assert.Equal(one.Alpha, Solve(rgb, regions, size, new ClosedFormOptions { Threads = threads }).Alpha);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(9, 2)]
    [InlineData(64, 1)]
    [InlineData(300, 3)]
    public void ThinPictures_AreSolved(int width, int height)
    {
        var size = new PixelSize(width, height);
        var (rgb, regions) = Pictures.Noise(size, 5, unknown: 0.7);
        regions[0] = (byte)Region.Foreground;
        var solved = Solve(rgb, regions, size, new ClosedFormOptions());
        Assert.All(solved.Alpha, a => Assert.InRange(a, 0f, 1f));
        Assert.Equal(1f, solved.Alpha[0]);
    }

    [Fact]
    public void OneColour_IsNoTrouble()
    {
        var size = new PixelSize(90, 80);
        var (_, regions, _) = Pictures.Disc(size, 0.2, 0.9);
        var rgb = new float[3 * size.Pixels];
        Array.Fill(rgb, 0.25f);
        var solved = Solve(rgb, regions, size, Converged);
        Assert.True(solved.Residual <= 1e-7, $"residual {solved.Residual} after {solved.Iterations}");
        Assert.All(solved.Alpha, a => Assert.InRange(a, 0f, 1f));
    }

    [Fact]
    public void AllUnknown_IsHalf()
    {
        var regions = new byte[70 * 70];
        Array.Fill(regions, (byte)Region.Unknown);
        var solved = Solve(new float[3 * 70 * 70], regions, new PixelSize(70, 70), new ClosedFormOptions());
        Assert.All(solved.Alpha, a => Assert.Equal(0.5f, a));
    }

    [Fact]
    public void Known_StaysExact()
    {
        var size = new PixelSize(40, 40);
        var (rgb, regions) = Pictures.Noise(size, 3, unknown: 0.5);
        var alpha = Solve(rgb, regions, size, new ClosedFormOptions()).Alpha;
        for (var i = 0; i < alpha.Length; i++)
            if (regions[i] != (byte)Region.Unknown) Assert.Equal(regions[i] == (byte)Region.Foreground ? 1f : 0f, alpha[i]);
    }

    [Fact]
    public void Cancelled_Throws()
    {
        var size = new PixelSize(60, 60);
        var (rgb, regions, _) = Pictures.Disc(size, 0.2, 0.9);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ClosedFormMatting.Solve(rgb, regions, size, new ClosedFormOptions(), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(0, 1e-3)]
    [InlineData(double.NaN, 1e-3)]
    [InlineData(1e-7, 0)]
    [InlineData(1e-7, double.NaN)]
    public void BadOptions_AreNamed(double epsilon, double tolerance)
    {
        var options = new ClosedFormOptions { Epsilon = epsilon, Tolerance = tolerance };
        var e = Assert.Throws<InvalidInputException>(() => Solve(new float[27], new byte[9], new PixelSize(3, 3), options));
        Assert.StartsWith("closed-form", e.Message);
    }
}
