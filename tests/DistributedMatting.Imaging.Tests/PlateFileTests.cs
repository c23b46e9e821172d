using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Tests.Making;

namespace DistributedMatting.Imaging.Tests;

/// <summary>Files made by hand, read back: every sample in its place and at its depth.</summary>
public sealed class PlateFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 8)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(1, 16)]
    [InlineData(2, 16)]
    [InlineData(3, 16)]
    [InlineData(4, 16)]
    public void Png_EverySampleKept(int bands, int bits)
    {
        var raster = Raster.Of(37, 29, bands, (1 << bits) - 1);
        var path = _folder.Write("plate.png", PngMaker.Make(raster, bits));
        using var plate = PlateFile.Open(path);
        Assert.Equal((bits, bands, bands is 2 or 4, "PNG"), (plate.BitDepth, plate.Info.Bands, plate.Info.HasAlpha, plate.Info.Format));
        Same.Assert<ushort>(Expected(raster, bits == 8 ? 257 : 1), ReadAll(plate, 5));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Tiff_FloatsThatAreNoNumbers_CountedAndDefined(int bands)
    {
        var raster = Raster.Of(40, 30, bands, 1);
        raster.Samples[(7 * 40 + 12) * bands + 1] = double.NaN;
        raster.Samples[(9 * 40 + 3) * bands] = double.PositiveInfinity;
        raster.Samples[(9 * 40 + 3) * bands + 2] = double.NaN;
        raster.Samples[(20 * 40 + 39) * bands + 2] = double.NegativeInfinity;
        if (bands == 4) raster.Samples[3] = double.NaN; // an alpha is no colour
        using var plate = PlateFile.Open(_folder.Write("plate.tif", TiffMaker.Make(raster, new TiffLayout(32, Float: true))));
        var rgb = ReadAll(plate, 4);

        Assert.Equal(new OddSamples(3, 12, 7), plate.Odd);
        Assert.Equal((0, 65535, 0, 0), (rgb[(7 * 40 + 12) * 3 + 1], rgb[(9 * 40 + 3) * 3], rgb[(9 * 40 + 3) * 3 + 2], rgb[(20 * 40 + 39) * 3 + 2]));
    }

    [Fact]
    public void Png_Interlaced_Read()
    {
        var raster = Raster.Of(37, 29, 3, 255);
        using var plate = PlateFile.Open(_folder.Write("plate.png", PngMaker.Make(raster, interlaced: true)));
        Same.Assert<ushort>(Expected(raster, 257), ReadAll(plate, 4));
    }

    public static TheoryData<string> Layouts => [.. TiffLayouts.Keys];

    private static readonly Dictionary<string, TiffLayout> TiffLayouts = new()
    {
        ["8-bit strips"] = new(),
        ["16-bit strips"] = new(16),
        ["16-bit big endian"] = new(16, BigEndian: true),
        ["16-bit one strip"] = new(16, RowsPerStrip: 1000),
        ["16-bit tiles"] = new(16, Tile: 16),
        ["16-bit tiles, deflate"] = new(16, Tile: 32, Deflate: true),
        ["16-bit BigTIFF strips"] = new(16, BigTiff: true),
        ["8-bit BigTIFF tiles"] = new(8, BigTiff: true, Tile: 16),
        ["16-bit BigTIFF big endian"] = new(16, BigTiff: true, BigEndian: true),
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Tiff_EverySampleKept(string name)
    {
        var layout = TiffLayouts[name];
        foreach (var bands in new[] { 1, 2, 3, 4 })
        {
            var raster = Raster.Of(53, 41, bands, (1 << layout.Bits) - 1);
            using var plate = PlateFile.Open(_folder.Write($"{bands}.tif", TiffMaker.Make(raster, layout)));
            Assert.Equal((layout.Bits, bands is 2 or 4), (plate.BitDepth, plate.Info.HasAlpha));
            Same.Assert<ushort>(Expected(raster, layout.Bits == 8 ? 257 : 1), ReadAll(plate, 6));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void FloatTiff_ClampedAndRounded(int tile)
    {
        double[] values = [0, 1, 0.5, -3, 7, double.NaN, 1 / 65535.0, 1.4 / 65535, 1.6 / 65535, double.PositiveInfinity, double.NegativeInfinity, 1e-9];
        ushort[] expected = [0, 65535, 32768, 0, 65535, 0, 1, 1, 2, 65535, 0, 0];
        var raster = new Raster(4, 1, 3, values);
        using var plate = PlateFile.Open(_folder.Write("plate.tif", TiffMaker.Make(raster, new TiffLayout(32, Float: true, Tile: tile))));
        Assert.Equal(32, plate.BitDepth);
        Assert.Equal(expected, ReadAll(plate, 1));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void Orientation_TurnedUpright(int orientation)
    {
        var stored = Raster.Of(31, 17, 3, 65535);
        foreach (var tile in new[] { 0, 16 })
        {
            var path = _folder.Write($"{tile}.tif", TiffMaker.Make(stored, new TiffLayout(16, Orientation: orientation, Tile: tile)));
            using var plate = PlateFile.Open(path);
            var size = orientation >= 5 ? new PixelSize(17, 31) : new PixelSize(31, 17);
            Assert.Equal((orientation, size), (plate.Info.Orientation, plate.Size));
            // TIFF 6.0, tag 274: where the stored row 0 and column 0 lie on the upright picture.
            var (w, h) = (size.Width - 1, size.Height - 1);
            var upright = Raster.Make(size.Width, size.Height, 3, (x, y, band) =>
            {
                var (sx, sy) = orientation switch
                {
                    1 => (x, y),
                    2 => (w - x, y),
                    3 => (w - x, h - y),
                    4 => (x, h - y),
                    5 => (y, x),
                    6 => (y, w - x),
                    7 => (h - y, w - x),
                    _ => (h - y, x),
                };
                return stored.At(sx, sy, band);
            });
            Same.Assert<ushort>(Expected(upright, 1), ReadAll(plate, 3));
        }
    }

    [Fact]
    public void IccProfile_KeptAndSamplesUntouched()
    {
        var icc = new byte[200];
        new Random(3).NextBytes(icc);
        var raster = Raster.Of(8, 8, 3, 65535);
        using var plate = PlateFile.Open(_folder.Write("plate.tif", TiffMaker.Make(raster, new TiffLayout(16, Icc: icc))));
        Assert.Equal(icc, plate.Info.IccProfile!.Value.ToArray());
        Same.Assert<ushort>(Expected(raster, 1), ReadAll(plate, 8));
    }

    [Fact]
    public void Cmyk_BecomesRgb()
    {
        var raster = Raster.Make(8, 8, 4, (x, _, band) => band == 3 && x >= 4 ? 255 : 0);
        using var plate = PlateFile.Open(_folder.Write("plate.tif", TiffMaker.Make(raster, new TiffLayout(Photometric: 5))));
        var rgb = ReadAll(plate, 8);
        Assert.False(plate.Info.HasAlpha);
        Assert.All(rgb[..12], white => Assert.True(white > 60000, $"paper came out as {white}"));
        Assert.All(rgb[12..24], black => Assert.True(black < 20000, $"black ink came out as {black}"));
    }

    [Fact]
    public void Mislabelled_ReadByContent()
    {
        var raster = Raster.Of(9, 9, 3, 255);
        using var plate = PlateFile.Open(_folder.Write("plate.jpg", PngMaker.Make(raster)));
        Assert.Equal("PNG", plate.Info.Format);
        Same.Assert<ushort>(Expected(raster, 257), ReadAll(plate, 9));
    }

    [Fact]
    public async Task Rows_MayBeReadFromChangingThreads()
    {
        var raster = Raster.Of(3000, 400, 3, 65535);
        using var plate = PlateFile.Open(_folder.Write("plate.png", PngMaker.Make(raster, 16)));
        var rgb = new ushort[3000 * 400 * 3];
        for (var y = 0; y < 400; y += 40)
        {
            var first = y * 9000;
            var thread = new Thread(() => plate.ReadRows(rgb.AsSpan(first, 40 * 9000)));
            thread.Start();
            await Task.Run(thread.Join, TestContext.Current.CancellationToken);
        }

        Same.Assert<ushort>(Expected(raster, 1), rgb);
    }

    internal static ushort[] ReadAll(IPlateReader plate, int rows)
    {
        var all = new ushort[plate.Size.Pixels * 3];
        var row = plate.Size.Width * 3;
        for (var y = 0; y < plate.Size.Height; y += rows)
            plate.ReadRows(all.AsSpan(y * row, Math.Min(rows, plate.Size.Height - y) * row));
        return all;
    }

    private static ushort[] Expected(Raster raster, int scale)
    {
        var rgb = new ushort[raster.Width * raster.Height * 3];
        for (var i = 0; i < rgb.Length; i++)
            rgb[i] = (ushort)(raster.Samples[(i / 3 * raster.Bands) + (raster.Bands < 3 ? 0 : i % 3)] * scale);
        return rgb;
    }
}
