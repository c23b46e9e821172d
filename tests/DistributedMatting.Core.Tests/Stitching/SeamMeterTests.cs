using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Stitching;

public class SeamMeterTests
{
    [Fact]
    public void InAnyPieces_EqualsMeasuringThePicture() => Cuts.ForAll(cut =>
    {
        var random = cut.Random();
        var trimap = MemoryTrimap.Blocks(cut.Size, random);
        var alpha = new float[cut.Size.Pixels];
        foreach (ref var value in alpha.AsSpan()) value = random.NextSingle();

        var meter = new SeamMeter(cut.Grid);
        for (var row = 0; row < cut.Height;)
        {
            var rows = Math.Min(random.Next(1, 20), cut.Height - row);
            var pixels = new Range(row * cut.Width, (row + rows) * cut.Width);
            meter.Write(row, alpha.AsSpan(pixels), trimap.Regions.AsSpan(pixels));
            row += rows;
        }

        var (across, beside, samples) = (0.0, 0.0, 0L);
        void Measure(Func<int, int> pixel)
        {
            if (Enumerable.Range(-2, 4).Any(i => trimap.Regions[pixel(i)] != (byte)Region.Unknown)) return;
            double Step(int i) => Math.Abs((double)alpha[pixel(i)] - alpha[pixel(i - 1)]);
            across += Step(0);
            beside += (Step(-1) + Step(1)) / 2;
            samples++;
        }
        foreach (var border in Borders(cut.Grid.Columns, cut.Grid, cut.Width))
            for (var y = 0; y < cut.Height; y++) Measure(i => y * cut.Width + border + i);
        foreach (var border in Borders(cut.Grid.Rows, cut.Grid, cut.Height))
            for (var x = 0; x < cut.Width; x++) Measure(i => (border + i) * cut.Width + x);

        Assert.Equal(samples, meter.Figure.Samples);
        if (samples == 0) return;
        Assert.Equal(across / samples, meter.Figure.AcrossMean, 1e-9);
        Assert.Equal(beside / samples, meter.Figure.BesideMean, 1e-9);
    });

    [Fact]
    public void NothingToMeasure_IsOne()
    {
        Assert.Equal(1, new SeamMeter(new PatchGrid(new PixelSize(8, 8), 8, 2)).Figure.Ratio);
        Assert.Equal(1, Measure(margin: 2, x => 0.25f).Ratio);
    }

    [Fact]
    public void SmoothRamp_IsOne() => Assert.Equal(1, Measure(margin: 2, x => x / 100f).Ratio, 1e-4);

    [Theory]
    [InlineData(0), InlineData(2)]
    public void AStepAtABorder_IsAboveOne(int margin) =>
        Assert.InRange(Measure(margin, x => x / 100f + (x >= 8 - margin ? 0.2f : 0f)).Ratio, 2, double.MaxValue);

    [Fact]
    public void AStepInAnOtherwiseFlatMatte_IsFinite() =>
        Assert.InRange(Measure(margin: 0, x => x >= 8 ? 1f : 0f).Ratio, 100, 65535);

    private static SeamFigure Measure(int margin, Func<int, float> alphaAt)
    {
        var size = new PixelSize(40, 6);
        var meter = new SeamMeter(new PatchGrid(size, 8, margin));
        var regions = MemoryTrimap.Filled(size, Region.Unknown).Regions;
        meter.Write(0, [.. Enumerable.Range(0, regions.Length).Select(i => alphaAt(i % 40))], regions);
        return meter.Figure;
    }

    private static IEnumerable<int> Borders(int patches, PatchGrid grid, int length) =>
        Enumerable.Range(1, patches - 1)
            .SelectMany(k => new[] { k * grid.Step, (k - 1) * grid.Step + grid.Side })
            .ToHashSet()
            .Where(border => border - 2 >= 0 && border + 1 < length);
}
