using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Tests.Making;

namespace DistributedMatting.Imaging.Tests;

public sealed class TrimapFileTests : IDisposable
{
    private static readonly int[] Values = [0, 5, 6, 100, 126, 128, 130, 200, 249, 250, 255, 0];
    private static readonly byte[] Regions = [0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 0];
    private static readonly PixelSize Size = new(4, 3);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rule_HoldsAtEveryDepth()
    {
        Raster Grey(double scale, int bands) => Raster.Make(4, 3, bands, (x, y, band) => band == 3 ? 9 : Values[(4 * y) + x] * scale);
        foreach (var (name, bytes) in new[]
        {
            ("8.png", PngMaker.Make(Grey(1, 1))),
            ("16.png", PngMaker.Make(Grey(257, 1), 16)),
            ("rgb.png", PngMaker.Make(Grey(1, 3))),
            ("rgba.png", PngMaker.Make(Grey(1, 4))),
            ("8.tif", TiffMaker.Make(Grey(1, 1), new TiffLayout())),
            ("16.tif", TiffMaker.Make(Grey(257, 3), new TiffLayout(16))),
            ("float.tif", TiffMaker.Make(Grey(1 / 255.0, 1), new TiffLayout(32, Float: true))),
        })
        {
            using var trimap = TrimapFile.Open(_folder.Write(name, bytes), Size);
            Assert.Equal(Regions, ReadAll(trimap));
            var report = trimap.Report;
            Assert.Equal((3, 7, 2), (report.Background, report.Unknown, report.Foreground));
            Assert.Equal(6, report.Unexpected);
            Assert.Equal([5, 6, 100, 200, 249], report.Examples.Select(e => e.Value));
        }
    }

    [Fact]
    public void Palette_Read()
    {
        byte[] palette = [255, 255, 255, 0, 0, 0, 128, 128, 128];
        var indices = Raster.Make(4, 3, 1, (x, _, _) => x % 3);
        foreach (var bits in new[] { 2, 4, 8 })
        {
            using var trimap = TrimapFile.Open(_folder.Write($"{bits}.png", PngMaker.Make(indices, bits, palette: palette)), Size);
            Assert.Equal([2, 0, 1, 2, 2, 0, 1, 2, 2, 0, 1, 2], ReadAll(trimap));
            Assert.Equal(0, trimap.Report.Unexpected);
        }
    }

    [Fact]
    public void OneBit_BlackAndWhite()
    {
        var raster = Raster.Make(4, 3, 1, (x, y, _) => (x + y) % 2);
        using var trimap = TrimapFile.Open(_folder.Write("t.png", PngMaker.Make(raster, 1)), Size);
        Assert.Equal([0, 2, 0, 2, 2, 0, 2, 0, 0, 2, 0, 2], ReadAll(trimap));
    }

    [Fact]
    public void OtherSize_BothNamed()
    {
        var path = _folder.Write("t.png", PngMaker.Make(Raster.Of(4, 3, 1, 255)));
        AlphaFileTests.AssertOneLine(() => TrimapFile.Open(path, new PixelSize(6000, 4000)), "t.png", "4×3", "6000×4000");
    }

    [Fact]
    public void ColourPicture_Refused_JpegNoise_Not()
    {
        var colour = _folder.Write("c.png", PngMaker.Make(Raster.Of(40, 30, 3, 255)));
        using var trimap = TrimapFile.Open(colour, new PixelSize(40, 30));
        AlphaFileTests.AssertOneLine(() => ReadAll(trimap), "c.png", "colour picture");

        var noisy = _folder.Write("n.png", PngMaker.Make(Raster.Make(40, 30, 3, (x, y, band) => 128 + (((x * 7) + (y * 3) + (band * 11)) % 20))));
        using var forgiven = TrimapFile.Open(noisy, new PixelSize(40, 30));
        Assert.All(ReadAll(forgiven), region => Assert.Equal((byte)Region.Unknown, region));
    }

    [Theory]
    [InlineData(128), InlineData(255), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void FloatBeyondOne_Refused(double value)
    {
        var path = _folder.Write("t.tif", TiffMaker.Make(Raster.Make(4, 3, 1, (_, _, _) => value), new TiffLayout(32, Float: true)));
        using var trimap = TrimapFile.Open(path, Size);
        AlphaFileTests.AssertOneLine(() => ReadAll(trimap), "t.tif", "0 (background) to 1");
    }

    [Theory]
    [InlineData(8), InlineData(16)]
    public void AlphaOfPlate_OnlyExtremesAreKnown(int bits)
    {
        var max = (1 << bits) - 1;
        int[] alpha = [0, 1, max / 2, max - 1, max, 0, 1, 1, 1, max, max, max];
        var raster = Raster.Make(4, 3, 4, (x, y, band) => band == 3 ? alpha[(4 * y) + x] : (x * 50) + band);
        var path = _folder.Write("p.png", PngMaker.Make(raster, bits));
        using var trimap = TrimapFile.OpenAlphaOf(path);
        Assert.Equal([0, 1, 1, 1, 2, 0, 1, 1, 1, 2, 2, 2], ReadAll(trimap));
        Assert.Equal(0, trimap.Report.Unexpected);
    }

    [Fact]
    public void AlphaOfFloatPlate_ColoursMayBeBrighterThanOne_AlphaNot()
    {
        byte[] Plate(double opaque) => TiffMaker.Make(
            Raster.Make(4, 3, 4, (x, _, band) => band < 3 ? 7.5 : x * opaque / 3), new TiffLayout(32, Float: true));
        using var trimap = TrimapFile.OpenAlphaOf(_folder.Write("p.tif", Plate(1)));
        Assert.Equal([0, 1, 1, 2, 0, 1, 1, 2, 0, 1, 1, 2], ReadAll(trimap));

        using var beyond = TrimapFile.OpenAlphaOf(_folder.Write("q.tif", Plate(255)));
        AlphaFileTests.AssertOneLine(() => ReadAll(beyond), "q.tif", "0 (background) to 1");
    }

    [Fact]
    public void AlphaOfPlateWithout_OneLine()
    {
        var path = _folder.Write("p.png", PngMaker.Make(Raster.Of(4, 3, 3, 255)));
        AlphaFileTests.AssertOneLine(() => TrimapFile.OpenAlphaOf(path), "p.png", "no alpha channel");
    }

    private static byte[] ReadAll(TrimapFile trimap)
    {
        var regions = new byte[trimap.Size.Pixels];
        for (var y = 0; y < trimap.Size.Height; y++)
            trimap.ReadRows(regions.AsSpan(y * trimap.Size.Width, trimap.Size.Width));
        return regions;
    }
}
