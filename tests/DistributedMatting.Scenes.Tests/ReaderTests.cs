using DistributedMatting.Core;

namespace DistributedMatting.Scenes.Tests;

public sealed class ReaderTests(SceneFixture fixture)
{
    [Fact]
    public void PlateReader_GivesThePlate()
    {
        using var reader = new ScenePlateReader(new SceneRenderer(fixture.Scene));
        var rgb = new ushort[3 * 512 * 512];
        reader.ReadRows(rgb.AsSpan(0, 3 * 512 * 100));
        reader.ReadRows(rgb.AsSpan(3 * 512 * 100));

        Assert.Equal(fixture.Whole.Rgb, rgb);
        Assert.Equal(16, reader.BitDepth);
    }

    [Fact]
    public void TrimapReader_GivesTheTrimap()
    {
        using var reader = new SceneTrimapReader(new SceneRenderer(fixture.Scene));
        var regions = new byte[512 * 512];
        reader.ReadRows(regions.AsSpan(0, 512 * 300));
        reader.ReadRows(regions.AsSpan(512 * 300));

        Assert.Equal(fixture.Whole.Trimap, regions);
    }

    [Fact]
    public void PastTheEnd_Refused()
    {
        using var reader = new SceneTrimapReader(new SceneRenderer(fixture.Scene));
        Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[512 * 513]));
        Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[511]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(255)]
    [InlineData(32769)]
    public void SizeOutOfRange_OneClearLine(int size)
    {
        var e = Assert.Throws<InvalidInputException>(() => Scene.Create(size, 1));
        Assert.Contains("256 to 32768", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Cancelled_ThenAskedAgain_RightRows()
    {
        var renderer = new SceneRenderer(fixture.Scene);
        var band = new SceneBand();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => renderer.RenderBand(128, 64, band, source.Token));

        renderer.RenderBand(128, 64, band, TestContext.Current.CancellationToken);
        Assert.Equal(fixture.Whole.Rgb.AsSpan(3 * 512 * 128, 3 * 512 * 64).ToArray(), band.Rgb);
    }
}
