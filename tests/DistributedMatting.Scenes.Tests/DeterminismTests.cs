namespace DistributedMatting.Scenes.Tests;

public sealed class DeterminismTests(SceneFixture fixture)
{
    [Theory]
    [InlineData(1, 512)]
    [InlineData(1, 1)]
    [InlineData(2, 37)]
    [InlineData(3, 64)]
    [InlineData(7, 100)]
    public void ThreadsAndBands_SameBytes(int threads, int bandRows) =>
        Assert.Equal(fixture.Whole.Fingerprint(), RenderedScene.Of(fixture.Scene, threads, bandRows).Fingerprint());

    [Fact]
    public void SameSeedLaidOutAgain_SameBytes() =>
        Assert.Equal(fixture.Whole.Fingerprint(), RenderedScene.Of(Scene.Create(512, 1), 2, 512).Fingerprint());

    [Fact]
    public void BandsOutOfOrder_SameRows()
    {
        var renderer = new SceneRenderer(fixture.Scene);
        var band = new SceneBand();
        foreach (var first in new[] { 400, 17, 203, 202 })
        {
            renderer.RenderBand(first, 61, band, TestContext.Current.CancellationToken);

            Assert.Equal(fixture.Whole.Rgb.AsSpan(3 * 512 * first, 3 * 512 * 61).ToArray(), band.Rgb);
            Assert.Equal(fixture.Whole.Trimap.AsSpan(512 * first, 512 * 61).ToArray(), band.Trimap);
        }
    }

    [Fact]
    public void OtherSeed_OtherScene()
    {
        var other = RenderedScene.Of(Scene.Create(512, 2), 2, 512);
        var differing = fixture.Whole.Alpha.Zip(other.Alpha).Count(p => MathF.Abs(p.First - p.Second) > 0.1f);

        Assert.True(differing > 512 * 512 / 50, $"alpha differs at {differing} pixels only");
        Assert.NotEqual(fixture.Whole.Background, other.Background);
    }

    [Fact]
    public void OtherSize_SamePicture()
    {
        var small = RenderedScene.Of(Scene.Create(256, 1), 2, 256);
        double error = 0;
        for (var y = 0; y < 256; y++)
        {
            for (var x = 0; x < 256; x++)
            {
                var i = 2 * y * 512 + 2 * x;
                var a = fixture.Whole.Alpha;
                error += Math.Abs(small.Alpha[y * 256 + x] - (a[i] + a[i + 1] + a[i + 512] + a[i + 513]) / 4);
            }
        }

        Assert.InRange(error / (256 * 256), 0, 0.02);
    }
}
