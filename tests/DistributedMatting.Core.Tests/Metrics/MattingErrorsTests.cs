using DistributedMatting.Core.Metrics;
using DistributedMatting.Core.Metrics.Baselines;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Tests.Metrics;

public class MattingErrorsTests
{
    private static readonly PixelSize s_size = new(24, 20);

    // The expected figures are what reference_metrics.py, beside this file, prints for the same two mattes.
    [Fact]
    public void Measure_TwoMattes_EqualsTheReference()
    {
        var (alpha, truth, regions) = Mattes();

        var errors = MattingErrors.Measure(alpha, truth, regions, s_size);

        Assert.Equal(0.056549019607843136, errors.Sad, 1e-9);
        Assert.Equal(0.03443736520636803, errors.Mse, 1e-8);
        Assert.Equal(0.01786646273802936, errors.Gradient, 1e-8);
        Assert.Equal(0.06147254901960784, errors.Connectivity, 1e-8);
    }

    [Fact]
    public void Measure_TheTruthItself_IsZero()
    {
        var (_, truth, regions) = Mattes();

        Assert.Equal(default, MattingErrors.Measure(truth, truth, regions, s_size));
    }

    [Fact]
    public void Measure_ErrorsInKnownPixels_AreNoSadNorMse()
    {
        var (alpha, truth, regions) = Mattes();
        var expected = MattingErrors.Measure(alpha, truth, regions, s_size);
        alpha[0] = 1;

        var errors = MattingErrors.Measure(alpha, truth, regions, s_size);

        Assert.Equal((byte)Region.Background, regions[0]);
        Assert.Equal((expected.Sad, expected.Mse), (errors.Sad, errors.Mse));
    }

    [Fact]
    public void Measure_NothingUnknown_IsZero()
    {
        var (alpha, truth, regions) = Mattes();
        Array.Clear(regions);

        Assert.Equal(default, MattingErrors.Measure(alpha, truth, regions, s_size));
    }

    [Fact]
    public void DifferenceSums_RowByRow_EqualsAllAtOnce()
    {
        var (alpha, truth, regions) = Mattes();
        var sums = new DifferenceSums();
        for (var row = 0; row < s_size.Height; row++)
        {
            var pixels = new Range(row * s_size.Width, (row + 1) * s_size.Width);
            sums.Add(alpha.AsSpan(pixels), truth.AsSpan(pixels), regions.AsSpan(pixels));
        }

        var errors = MattingErrors.Measure(alpha, truth, regions, s_size);
        Assert.Equal((errors.Sad, errors.Mse), (sums.Sad, sums.Mse));
        Assert.Equal(regions.Count(region => region == (byte)Region.Unknown), sums.UnknownPixels);
    }

    [Fact]
    public void Connectivity_AnIslandCutOff_IsAnError()
    {
        // A bar in which the middle fails: the smaller part falls out of Ω at the first level.
        var size = new PixelSize(7, 1);
        float[] truth = [1, 1, 1, 1, 1, 1, 1];
        float[] alpha = [1, 1, 1, 1, 0, 1, 1];
        var regions = new byte[7];
        Array.Fill(regions, (byte)Region.Unknown);

        // Level 0 for the last three: φ(1) = 0 in both mattes where both are 1, and 1 against 0 in the gap.
        Assert.Equal(1 / 1000.0, ConnectivityError.Measure(alpha, truth, regions, size), 1e-12);
    }

    [Fact]
    public void Blurred_StepEdge_IsTheGaussianIntegral()
    {
        var size = new PixelSize(101, 3);
        var regions = new byte[size.Pixels];
        for (var i = 0; i < regions.Length; i++) regions[i] = (byte)(i % 101 < 50 ? Region.Background : Region.Unknown);

        var alpha = TrimapBlur.Blurred(regions, size, sigma: 4);

        Assert.Equal(0f, alpha[49]);
        // Half a pixel inside: 0.5 × Φ(0.5 ÷ 4).
        Assert.Equal(0.5 * 0.5497, alpha[50], 2e-3);
        Assert.Equal(0.5f, alpha[100], 1e-6f);
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Blurred_SigmaThatIsNone_IsRefused(double sigma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrimapBlur.Blurred([1], new PixelSize(1, 1), sigma));

    [Fact]
    public void Half_IsZeroHalfOne() => Assert.Equal([0f, 0.5f, 1f], TrimapBlur.Half([0, 1, 2]));

    private static (float[] Alpha, float[] Truth, byte[] Regions) Mattes()
    {
        var alpha = new float[s_size.Pixels];
        var truth = new float[s_size.Pixels];
        var regions = new byte[s_size.Pixels];
        for (var i = 0; i < alpha.Length; i++)
        {
            var (y, x) = Math.DivRem(i, s_size.Width);
            var r2 = (x - 11) * (x - 11) + (y - 9) * (y - 9);
            var truth8 = Math.Clamp(280 - 3 * r2 + 40 * ((x * 7 + y * 5) % 3), 0, 255);
            var alpha8 = Math.Clamp(truth8 + (x * 73 + y * 151 + x * y * 29) % 197 - 98, 0, 255);
            var region = r2 < 4 ? Region.Foreground : r2 <= 140 ? Region.Unknown : Region.Background;
            regions[i] = (byte)region;
            truth[i] = region == Region.Unknown ? truth8 / 255f : (float)region / 2;
            alpha[i] = region == Region.Unknown ? alpha8 / 255f : (float)region / 2;
        }
        return (alpha, truth, regions);
    }
}
