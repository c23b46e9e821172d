namespace DistributedMatting.Scenes.Tests;

public sealed class CompositeTests(SceneFixture fixture)
{
    [Fact]
    public void Plate_IsAlphaFPlusOneMinusAlphaB_ToHalfAStep()
    {
        var s = fixture.Whole;
        for (var i = 0; i < s.Rgb.Length; i++)
        {
            double alpha = s.Alpha[i / 3];
            var expected = alpha * s.Foreground[i] + (1 - alpha) * s.Background[i];
            // Half a step of rounding, and what single precision adds at 65535.
            Assert.True(Math.Abs(expected - s.Rgb[i]) <= 0.52, $"sample {i}: {s.Rgb[i]}, expected {expected}");
        }
    }

    [Fact]
    public void WithoutBackground_SamePlate()
    {
        var band = new SceneBand();
        new SceneRenderer(fixture.Scene).RenderBand(100, 200, band, TestContext.Current.CancellationToken);

        Assert.Equal(fixture.Whole.Rgb.AsSpan(3 * 512 * 100, 3 * 512 * 200).ToArray(), band.Rgb);
        Assert.Empty(band.BackgroundRgb);
    }

    [Fact]
    public void Alpha_HasAllThreeKinds()
    {
        var alpha = fixture.Whole.Alpha;

        Assert.All(alpha, a => Assert.InRange(a, 0f, 1f));
        Assert.InRange(alpha.Count(a => a == 1f) / (double)alpha.Length, 0.2, 0.6);
        Assert.InRange(alpha.Count(a => a == 0f) / (double)alpha.Length, 0.2, 0.7);
        Assert.InRange(alpha.Count(a => a is > 0f and < 1f) / (double)alpha.Length, 0.05, 0.35);
    }
}
