using DistributedMatting.Core;
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
    [InlineData(5, 4, 128, 3, 1)] // eleven columns of tiles: three for each of four
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
