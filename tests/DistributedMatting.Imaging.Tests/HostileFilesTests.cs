using System.IO.Compression;
using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Tests.Making;

namespace DistributedMatting.Imaging.Tests;

/// <summary>Files that are broken, lie or are something else: one line that names the file, never anything else.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Dictionary<string, byte[]> Good()
    {
        var raster = Raster.Of(120, 90, 3, 255);
        var rgb = raster.Samples.Select(v => (byte)v).ToArray();
        byte[] Saved(string name)
        {
            new Picture(new PixelSize(120, 90), rgb).Save(_folder.At(name));
            return File.ReadAllBytes(_folder.At(name));
        }

        return new()
        {
            ["rows.png"] = PngMaker.Make(raster),
            ["interlaced.png"] = PngMaker.Make(raster, interlaced: true),
            ["strips.tif"] = TiffMaker.Make(raster, new TiffLayout()),
            ["tiles.tif"] = TiffMaker.Make(raster, new TiffLayout(Tile: 32, Deflate: true, BigTiff: true)),
            ["ours.tif"] = Saved("saved.tif"),
            ["lossy.jpg"] = Saved("saved.jpg"),
            ["lossy.webp"] = Saved("saved.webp"),
        };
    }

    [Fact]
    public void Truncated_AtEveryTenth_Refused()
    {
        foreach (var (name, bytes) in Good())
            for (var tenth = 1; tenth < 10; tenth++)
            {
                var path = _folder.Write(name, bytes[..(bytes.Length * tenth / 10)]);
                AlphaFileTests.AssertOneLine(() => ReadAll(path), name, "export it again");
            }
    }

    [Fact]
    public void Truncated_SaysHowMuchCanBeRead()
    {
        var raster = Raster.Of(500, 900, 3, 65535);
        var bytes = PngMaker.Make(raster, 16);
        var path = _folder.Write("plate.png", bytes[..(bytes.Length / 2)]);
        AlphaFileTests.AssertOneLine(() => ReadAll(path), "plate.png: is cut short or damaged: ", " of 900 rows can be read");
    }

    [Fact]
    public void Flipped_ReadOrRefused()
    {
        var random = new Random(11);
        foreach (var (name, bytes) in Good())
            for (var round = 0; round < 40; round++)
            {
                var broken = (byte[])bytes.Clone();
                for (var flip = 0; flip < 1 + (round % 8); flip++)
                    broken[round % 2 == 0 ? random.Next(Math.Min(200, broken.Length)) : random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
                ReadsOrRefuses(_folder.Write(name, broken), name);
            }
    }

    [Fact]
    public void RandomBytesBehindEveryMagic_Refused()
    {
        byte[][] magics = [[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], [.. "II*\0"u8], [.. "MM\0*"u8], [.. "II+\0"u8, 8, 0, 0, 0], [0xff, 0xd8, 0xff], [.. "RIFF    WEBPVP8 "u8], []];
        var random = new Random(12);
        foreach (var magic in magics)
            for (var length = 1; length < 5000; length *= 3)
            {
                var noise = new byte[length];
                random.NextBytes(noise);
                var path = _folder.Write("noise.png", [.. magic, .. noise]);
                AlphaFileTests.AssertOneLine(() => ReadAll(path), "noise.png");
            }
    }

    [Theory]
    [InlineData(1_000_000_000, 1_000_000_000), InlineData(1_000_001, 1), InlineData(100_000, 100_000), InlineData(int.MaxValue, 1), InlineData(-1, -1), InlineData(0, 5)]
    public void HeaderThatClaimsTooMuch_RefusedBeforeDecoding(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        PngMaker.Chunk(file, "IHDR", PngMaker.Header(width, height, 16, 6));
        PngMaker.Chunk(file, "IDAT", [0x78, 0x01]);
        PngMaker.Chunk(file, "IEND", []);
        var path = _folder.Write("huge.png", file.ToArray());
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(path), "huge.png");
    }

    [Fact]
    public void Limits_NameTheSetting()
    {
        var path = _folder.Write("p.png", PngMaker.Make(Raster.Of(1000, 200, 1, 255)));
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(path, new ImageLimits { MaxMegapixels = 0.1 }), "1000×200", "0.2 megapixels", "--max-megapixels");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(path, new ImageLimits { MaxDimension = 999 }), "1000×200", "999");
        var interlaced = _folder.Write("i.png", PngMaker.Make(Raster.Of(1000, 200, 1, 255), interlaced: true));
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(interlaced, new ImageLimits { MaxMegapixelsUnstreamed = 0.1 }), "interlaced");
    }

    [Fact]
    public void OtherThings_NamedForWhatTheyAre()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("a.png");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(_folder.Write("plate.png", zip.ToArray())), "plate.png", "zip archive", "PNG, TIFF, JPEG and WebP");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(_folder.Write("a.exr", [0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0])), "OpenEXR");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(_folder.Write("a.tif", [.. "hello, this is text\n"u8])), "seems to be text");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(_folder.Write("a.svg", [.. "<svg/>"u8])), "SVG");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(_folder.Write("e.png", [])), "e.png: is empty");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(_folder.At("none.png")), "none.png: does not exist");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(_folder.Root), "is a folder");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open(""), "empty file name");
        AlphaFileTests.AssertOneLine(() => PlateFile.Open("/dev/zero"), "/dev/zero: is a device");
    }

    private static void ReadsOrRefuses(string path, string name)
    {
        try
        {
            ReadAll(path);
        }
        catch (InvalidInputException e)
        {
            Assert.Contains(name, e.Message);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    private static void ReadAll(string path)
    {
        using var plate = PlateFile.Open(path, new ImageLimits { MaxMegapixels = 1 });
        var row = new ushort[plate.Size.Width * 3];
        for (var y = 0; y < plate.Size.Height; y++)
            plate.ReadRows(row);
    }
}
