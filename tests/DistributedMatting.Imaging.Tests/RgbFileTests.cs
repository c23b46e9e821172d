using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Tests.Making;

namespace DistributedMatting.Imaging.Tests;

public sealed class RgbFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("p.png", 8), InlineData("p.png", 16), InlineData("p.tif", 8), InlineData("p.tif", 16)]
    public void RoundTrip_SamplesAndProfileKept(string name, int bits)
    {
        var size = new PixelSize(700, 333);
        var icc = new byte[3001];
        new Random(4).NextBytes(icc);
        var rgb = Raster.Of(700, 333, 3, (1 << bits) - 1).Samples.Select(v => (ushort)(bits == 8 ? v * 257 : v)).ToArray();
        using (var file = RgbFile.Create(_folder.At(name), size, bits, icc))
        {
            for (var y = 0; y < 333; y += 111)
                file.WriteRows(rgb.AsSpan(y * 2100, 111 * 2100));
            file.Complete();
        }

        using var plate = PlateFile.Open(_folder.At(name));
        Assert.Equal((size, bits), (plate.Size, plate.BitDepth));
        if (name.EndsWith("tif", StringComparison.Ordinal)) // libpng refuses a profile that is none
            Assert.Equal(icc, plate.Info.IccProfile!.Value.ToArray());
        Same.Assert<ushort>(rgb, PlateFileTests.ReadAll(plate, 333));
    }

    [Theory]
    [InlineData("p.jpg", "JPEG"), InlineData("p.webp", "WebP")]
    public void LossyFormats_Near(string name, string format)
    {
        var picture = new Picture(new PixelSize(200, 120), Smooth(200, 120));
        picture.Save(_folder.At(name));
        using var plate = PlateFile.Open(_folder.At(name));
        Assert.Equal(format, plate.Info.Format);
        var read = ImageFile.ReadRgb8(_folder.At(name));
        Assert.Equal(picture.Size, read.Size);
        var mean = picture.Rgb.Zip(read.Rgb, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(mean < 3, $"mean difference is {mean:g3} of 255");
        Assert.Equal([name], _folder.Files);
    }

    [Fact]
    public void TooLargeOrTooDeep_OneLine()
    {
        AlphaFileTests.AssertOneLine(() => RgbFile.Create(_folder.At("p.webp"), new PixelSize(20000, 10)), "WebP", "20000×10");
        AlphaFileTests.AssertOneLine(() => RgbFile.Create(_folder.At("p.jpg"), new PixelSize(10, 10), 16), "8 bits");
        AlphaFileTests.AssertOneLine(() => RgbFile.Create(_folder.At("p.gif"), new PixelSize(10, 10)), ".png");
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Fit_KeepsShape_Resize_DoesNot()
    {
        var picture = Picture.Filled(new PixelSize(400, 200), 10, 200, 30);
        var fit = ImageFile.Fit(picture, 100, 100);
        Assert.Equal(new PixelSize(100, 50), fit.Size);
        Assert.Equal([10, 200, 30], fit.Rgb[..3]);
        Assert.Equal(new PixelSize(30, 90), ImageFile.Resize(picture, new PixelSize(30, 90)).Size);
    }

    [Fact]
    public void Draw_CutsAtTheEdges()
    {
        var sheet = Picture.Filled(new PixelSize(4, 4), 0, 0, 0);
        sheet.Draw(Picture.Filled(new PixelSize(3, 3), 9, 9, 9), -1, -1);
        sheet.Draw(Picture.Filled(new PixelSize(3, 3), 5, 5, 5), 3, 3);
        sheet.Draw(Picture.Filled(new PixelSize(3, 3), 7, 7, 7), 40, -9);
        int[] expected = [9, 9, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5];
        Assert.Equal(expected, sheet.Rgb.Where((_, i) => i % 3 == 0).Select(v => (int)v));
    }

    private static byte[] Smooth(int width, int height) =>
        [.. Raster.Make(width, height, 3, (x, y, band) => 128 + (100 * Math.Sin((x + (band * 20)) / 30.0) * Math.Cos(y / 25.0))).Samples.Select(v => (byte)v)];
}
