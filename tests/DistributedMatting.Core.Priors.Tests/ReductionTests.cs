using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Tests;

public sealed class ReductionTests
{
    [Theory]
    [InlineData(700, 700, 1 << 20, 1)]
    [InlineData(1024, 1024, 1 << 20, 1)]
    [InlineData(1025, 1024, 1 << 20, 2)]
    [InlineData(6000, 6000, 1 << 20, 6)]
    [InlineData(1_000_000, 1, 10_000, 100)]
    public void Factor_IsTheSmallestThatFits(int width, int height, int pixels, int factor) =>
        Assert.Equal(factor, ReducedPlate.FactorFor(new PixelSize(width, height), pixels));

    [Fact]
    public void Cells_AreMeansAndOnlyWhollyKnown()
    {
        var size = new PixelSize(211, 157);
        var (rgb, regions, _) = Pictures.Disc(size, 0.4, 0.8);
        var options = new PriorOptions { Pixels = 10_000 };
        var samples = Pictures.Interleaved(rgb);
        var reducer = new PlateReducer(size, options);
        for (var y = 0; y < size.Height; y += 5)
        {
            var rows = Math.Min(5, size.Height - y);
            reducer.AddPlate(samples.AsSpan(3 * y * size.Width, 3 * rows * size.Width));
        }

        reducer.AddTrimap(regions);
        var plate = reducer.Finish();

        Assert.Equal(2, plate.Factor);
        Assert.Equal(new PixelSize(106, 79), plate.Size);
        for (var y = 0; y < plate.Size.Height; y++)
        {
            for (var x = 0; x < plate.Size.Width; x++)
            {
                var pixels = (from v in new[] { 2 * y, 2 * y + 1 } from u in new[] { 2 * x, 2 * x + 1 }
                              where u < size.Width && v < size.Height select v * size.Width + u).ToArray();
                var at = y * plate.Size.Width + x;
                for (var c = 0; c < 3; c++)
                    Assert.Equal(pixels.Average(p => samples[3 * p + c] / 65535.0), plate.Rgb[c * plate.Size.Pixels + at], 1e-6);
                var region = pixels.All(p => regions[p] == regions[pixels[0]]) ? regions[pixels[0]] : (byte)Region.Unknown;
                Assert.Equal(region, plate.Regions[at]);
            }
        }
    }

    [Fact]
    public void MissingRows_AreNamed()
    {
        var reducer = new PlateReducer(new PixelSize(10, 10), new PriorOptions());
        reducer.AddTrimap(new byte[100]);
        var e = Assert.Throws<InvalidOperationException>(() => reducer.Finish());
        Assert.Contains("0 rows of the plate", e.Message);
    }

    [Theory]
    [InlineData(9_999, 1)]
    [InlineData(16_000_001, 1)]
    [InlineData(20_000, 0)]
    public void BadOptions_AreNamed(int pixels, int threads)
    {
        var e = Assert.Throws<InvalidInputException>(() => new PlateReducer(new PixelSize(10, 10), new PriorOptions { Pixels = pixels, Threads = threads }));
        Assert.StartsWith("prior ", e.Message);
    }
}
