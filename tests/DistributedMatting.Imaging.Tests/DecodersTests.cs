using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;
using DistributedMatting.Imaging.Tests.Making;

namespace DistributedMatting.Imaging.Tests;

/// <summary>A picture in tiles is decoded by several decoders at once (how many is process-wide, hence alone).</summary>
[Collection(nameof(LeakTests.Alone))]
public sealed class DecodersTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly int _threads;

    public DecodersTests()
    {
        _ = Codecs.Describe();
        _threads = LibVips.ConcurrencyGet();
    }

    public void Dispose()
    {
        Codecs.LimitThreads(_threads);
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1, 1, 256, 3, 1)]
    [InlineData(2, 2, 256, 3, 1)]
    [InlineData(4, 4, 128, 3, 1)]
    [InlineData(5, 4, 256, 3, 1)] // eleven columns of tiles: three for each of four
    [InlineData(100, 5, 640, 4, 1)] // five columns of tiles; two rows of them are 14 MB, of which there is room for four more
    [InlineData(3, 3, 512, 4, 1)]
    [InlineData(100, 11, 256, 1, 2)]
    public void Tiles_SideBySide_AreThePicture_AndNothingIsKept(int threads, int decoders, int tile, int bands, int orientation)
    {
        const int width = 2701, height = 1500;
        var raster = Raster.Of(width, height, bands, 255, seed: threads);
        var path = _folder.Write("plate.tif", TiffMaker.Make(raster, new TiffLayout(Tile: tile, Deflate: true, Orientation: orientation)));
        Codecs.LimitThreads(threads);
        var (files, open) = (LibVips.TrackedFiles(), Open());
        using (var plate = PlateFile.Open(path))
        {
            var rgb = PlateFileTests.ReadAll(plate, 70);
            Assert.Equal(decoders, Open() - open);
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    for (var channel = 0; channel < 3; channel++)
                        if (rgb[(((y * width) + x) * 3) + channel] != 257 * raster.At(orientation == 2 ? width - 1 - x : x, y, bands < 3 ? 0 : channel))
                            Assert.Fail($"pixel {x}, {y} of channel {channel} is another");
        }
        Assert.Equal((files, open), (LibVips.TrackedFiles(), Open()));

        int Open() => Directory.GetFiles("/proc/self/fd").Count(link => new FileInfo(link).LinkTarget == path);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Tiles_AreAsLargeAsTheFileSays(bool bigTiff, bool bigEndian)
    {
        var raster = Raster.Of(100, 50, 3, 255);
        var tiles = _folder.Write("tiles.tif", TiffMaker.Make(raster, new TiffLayout(Tile: 48, BigTiff: bigTiff, BigEndian: bigEndian)));
        var strips = _folder.Write("strips.tif", TiffMaker.Make(raster, new TiffLayout(BigTiff: bigTiff, BigEndian: bigEndian)));

        Assert.Equal(new PixelSize(48, 48), TiffTiles.Of(tiles));
        Assert.Null(TiffTiles.Of(strips));
        for (var length = 0; length < new FileInfo(tiles).Length; length += 37)
            TiffTiles.Of(_folder.Write("cut.tif", File.ReadAllBytes(tiles)[..length])); // no size or the size, but no exception
    }

    [Fact]
    public void FileThatIsReplacedWhileItIsRead_IsNotMixed()
    {
        Codecs.LimitThreads(2);
        var path = _folder.Write("plate.tif", TiffMaker.Make(Raster.Of(2701, 1500, 3, 255), new TiffLayout(Tile: 256)));
        using var plate = PlateFile.Open(path);
        File.Delete(path);
        _folder.Write("plate.tif", TiffMaker.Make(Raster.Of(2701, 1501, 3, 255), new TiffLayout(Tile: 256)));
        var error = Assert.Throws<InvalidInputException>(() => PlateFileTests.ReadAll(plate, 70));
        Assert.Contains("was replaced or cut short while it was read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TilesThatAreCutShort_AreOneLine_HoweverManyFindIt()
    {
        var file = TiffMaker.Make(Raster.Of(2701, 1500, 3, 255), new TiffLayout(Tile: 256));
        // The directory is at the end, and tells of tiles that are not where it says.
        for (var at = file.Length / 2; at < file.Length - 4000; at++) file[at] = 0xA5;
        var path = _folder.Write("plate.tif", [.. file[..(file.Length / 2)], .. file[(file.Length - 100)..]]);
        Codecs.LimitThreads(3);
        var error = Assert.Throws<InvalidInputException>(() =>
        {
            using var plate = PlateFile.Open(path);
            PlateFileTests.ReadAll(plate, 70);
        });
        Assert.StartsWith($"{path}: is cut short or damaged", error.Message, StringComparison.Ordinal);
    }
}
