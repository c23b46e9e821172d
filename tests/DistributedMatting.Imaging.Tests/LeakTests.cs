using DistributedMatting.Core;
using DistributedMatting.Imaging.Native;
using DistributedMatting.Imaging.Tests.Making;

namespace DistributedMatting.Imaging.Tests;

/// <summary>libvips' own books (process-wide, hence alone in its collection) are back where they were.</summary>
[Collection(nameof(Alone))]
public sealed class LeakTests
{
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public void TwoHundredFiles_NothingKept()
    {
        using var folder = new TestFolder();
        var raster = Raster.Of(200, 150, 3, 255);
        string[] paths =
        [
            folder.Write("a.png", PngMaker.Make(raster)),
            folder.Write("b.tif", TiffMaker.Make(raster, new TiffLayout(Tile: 32))),
            folder.Write("c.tif", TiffMaker.Make(raster, new TiffLayout(Orientation: 6))),
            folder.Write("d.png", PngMaker.Make(raster)[..4000]),
        ];
        foreach (var path in paths)
            Read(path);

        var before = (LibVips.TrackedMemory(), LibVips.TrackedAllocations(), LibVips.TrackedFiles(), Handles(paths));
        for (var i = 0; i < 200; i++)
            Read(paths[i % paths.Length]);
        Assert.Equal(before, (LibVips.TrackedMemory(), LibVips.TrackedAllocations(), LibVips.TrackedFiles(), Handles(paths)));
    }

    [Fact]
    public void Describe_NamesFormats()
    {
        var codecs = Codecs.Describe();
        Assert.Equal(["PNG", "TIFF", "JPEG", "WebP"], codecs.Reads);
        Assert.Equal(["PNG 8/16", "TIFF 8/16", "JPEG", "WebP"], codecs.WritesRgb);
        Assert.Matches(@"^8\.\d+\.\d+$", codecs.LibVipsVersion);
    }

    private static int Handles(string[] paths) => Directory.GetFiles("/proc/self/fd").Count(link => paths.Contains(new FileInfo(link).LinkTarget));

    private static void Read(string path)
    {
        try
        {
            using var plate = PlateFile.Open(path);
            PlateFileTests.ReadAll(plate, 10);
        }
        catch (InvalidInputException)
        {
            Assert.EndsWith("d.png", path);
        }
    }
}
