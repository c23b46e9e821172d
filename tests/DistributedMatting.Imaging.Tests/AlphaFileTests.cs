using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Tests.Making;

namespace DistributedMatting.Imaging.Tests;

/// <summary>What our encoders write, libvips reads; and nobody ever sees half a file.</summary>
public sealed class AlphaFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("png", 8), InlineData("png", 16), InlineData("tif", 8), InlineData("TIFF", 16), InlineData("tif", 32)]
    public void RoundTrip_ValuesKept(string ending, int bits)
    {
        foreach (var (size, rows) in new[] { (new PixelSize(1, 1), 1), (new PixelSize(300, 523), 7), (new PixelSize(257, 256), 300), (new PixelSize(9000, 70), 1), (new PixelSize(1, 3000), 9) })
        {
            var alpha = RandomAlpha(size);
            var path = _folder.At($"{size.Width}-{size.Height}.{ending}");
            Write(path, alpha, size, new AlphaFormat(bits), rows);

            var (readSize, read) = ImageFile.ReadGrey(path);
            Assert.Equal(size, readSize);
            var scale = (1 << Math.Min(bits, 16)) - 1;
            Same.Assert<float>([.. alpha.Select(a => bits == 32 ? a : MathF.Floor((a * scale) + 0.5f) / scale)], read);
        }
    }

    [Theory]
    [InlineData("a.png", 16), InlineData("a.tif", 16)]
    public void Every16BitValue_Exact(string name, int bits)
    {
        var size = new PixelSize(512, 128);
        var alpha = Enumerable.Range(0, 65536).Select(v => v / 65535f).ToArray();
        Write(_folder.At(name), alpha, size, new AlphaFormat(bits), 5);
        using var plate = PlateFile.Open(_folder.At(name));
        Assert.Equal(bits, plate.BitDepth);
        var rgb = PlateFileTests.ReadAll(plate, 128);
        Same.Assert<ushort>([.. Enumerable.Range(0, 65536 * 3).Select(i => (ushort)(i / 3))], rgb);
    }

    [Theory]
    [InlineData("a.png", 8, 0, 255, 128), InlineData("a.tif", 16, 0, 65535, 32768)]
    public void OutOfRange_Clamped(string name, int bits, int low, int high, int half)
    {
        Write(_folder.At(name), [float.NaN, -1, float.NegativeInfinity, 0, 2, float.PositiveInfinity, 1, 0.5f], new PixelSize(8, 1), new AlphaFormat(bits), 1);
        var scale = bits == 8 ? 255f : 65535f;
        Assert.Equal([low, low, low, low, high, high, high, half], ImageFile.ReadGrey(_folder.At(name)).Grey.Select(v => (int)MathF.Round(v * scale)));
    }

    [Theory]
    [InlineData("png", 16), InlineData("tif", 16), InlineData("tif", 32)]
    public void Threads_DoNotChangeTheBytes(string ending, int bits)
    {
        var size = new PixelSize(3000, 700);
        var alpha = RandomAlpha(size);
        Write(_folder.At($"1.{ending}"), alpha, size, new AlphaFormat(bits, Threads: 1), 700);
        Write(_folder.At($"4.{ending}"), alpha, size, new AlphaFormat(bits, Threads: 4), 33);
        Same.Assert<byte>(File.ReadAllBytes(_folder.At($"1.{ending}")), File.ReadAllBytes(_folder.At($"4.{ending}")));
    }

    [Fact]
    public void BigTiff_Read()
    {
        var size = new PixelSize(600, 300);
        var raster = Raster.Of(600, 300, 1, 65535);
        var path = _folder.At("big.tif");
        using (var file = File.Create(path))
        {
            var encoder = new TiffEncoder(file, new RowFormat(size, 1, 16), 2, bigTiffFrom: 0);
            var rows = raster.Samples.SelectMany(v => BitConverter.GetBytes((ushort)v)).ToArray();
            for (var y = 0; y < 300; y += encoder.BandRows)
                encoder.WriteBand(rows[(y * 1200)..], Math.Min(encoder.BandRows, 300 - y));
            encoder.Finish();
        }

        Assert.Equal(43, File.ReadAllBytes(path)[2]);
        using var plate = PlateFile.Open(path);
        var rgb = PlateFileTests.ReadAll(plate, 50);
        Same.Assert<double>(raster.Samples, [.. rgb.Where((_, i) => i % 3 == 0).Select(v => (double)v)]);
    }

    [Fact]
    public void Unfinished_LeavesNothing()
    {
        using (var writer = AlphaFile.Create(_folder.At("a.tif"), new PixelSize(4, 1000), new AlphaFormat()))
        {
            Assert.StartsWith("a.tif.partial-", Assert.Single(_folder.Files));
            writer.WriteRows(new float[4 * 999]);
            Assert.Throws<InvalidOperationException>(writer.Complete);
            Assert.Throws<ArgumentException>(() => writer.WriteRows(new float[4 * 2]));
            Assert.Throws<ArgumentException>(() => writer.WriteRows(new float[3]));
        }

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Existing_OnlyReplacedByForce()
    {
        var path = _folder.Write("a.png", [1, 2, 3]);
        AssertOneLine(() => AlphaFile.Create(path, new PixelSize(2, 2), new AlphaFormat()), path, "exists already");
        Write(path, new float[4], new PixelSize(2, 2), new AlphaFormat(), 1, force: true);
        Assert.Equal(new PixelSize(2, 2), ImageFile.ReadGrey(path).Size);
        Assert.Equal(["a.png"], _folder.Files);
    }

    [Fact]
    public void ComeToExistMeanwhile_NotReplaced()
    {
        using var writer = AlphaFile.Create(_folder.At("a.png"), new PixelSize(1, 1), new AlphaFormat());
        writer.WriteRows([1f]);
        _folder.Write("a.png", [7]);
        AssertOneLine(writer.Complete, "a.png", "meanwhile");
        writer.Dispose();
        Assert.Equal([7], File.ReadAllBytes(_folder.At("a.png")));
    }

    [Fact]
    public void LeftoverOfAKilledProcess_TakenAway()
    {
        _folder.Write("a.png.partial-999999999", [1]);
        using var other = AlphaFile.Create(_folder.At("b.png"), new PixelSize(1, 1), new AlphaFormat());
        using var writer = AlphaFile.Create(_folder.At("a.png"), new PixelSize(1, 1), new AlphaFormat());
        Assert.DoesNotContain("a.png.partial-999999999", _folder.Files);
        Assert.Equal(2, _folder.Files.Length);
    }

    [Fact]
    public void BadPlaces_OneLine()
    {
        var size = new PixelSize(1, 1);
        AssertOneLine(() => AlphaFile.Create(_folder.At("no/such/a.png"), size, new AlphaFormat()), "folder does not exist");
        AssertOneLine(() => AlphaFile.Create(_folder.Root, size, new AlphaFormat()), "TIFF");
        AssertOneLine(() => AlphaFile.Create(_folder.At("a.exr"), size, new AlphaFormat()), ".png, .tif or .tiff");
        AssertOneLine(() => AlphaFile.Create(_folder.At("a.png"), size, new AlphaFormat(32)), "ask for 16");
        AssertOneLine(() => AlphaFile.Create(_folder.At("a.png"), size, new AlphaFormat(12)), "12 bits");
        AssertOneLine(() => AlphaFile.Create("", size, new AlphaFormat()), "");
        Directory.CreateDirectory(_folder.At("folder.png"));
        AssertOneLine(() => AlphaFile.Create(_folder.At("folder.png"), size, new AlphaFormat(), force: true), "is a folder");
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void FullDisk_OneLineAndNothingLeft()
    {
        // A device that is always full stands in for the file, as far as a stream is concerned.
        if (!File.Exists("/dev/full"))
            Assert.Skip("/dev/full is not there");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, 0);
        var e = Assert.ThrowsAny<IOException>(() => full.Write(new byte[1]));
        Assert.Contains("no space left", OutputFile.Refused("a.png", e).Message);
    }

    internal static void AssertOneLine(Action action, params string[] parts)
    {
        var message = Assert.Throws<InvalidInputException>(action).Message;
        Assert.DoesNotContain('\n', message);
        Assert.All(parts, part => Assert.Contains(part, message));
    }

    private static float[] RandomAlpha(PixelSize size)
    {
        var random = new Random(5);
        var alpha = new float[size.Pixels];
        for (var i = 0; i < alpha.Length; i++)
            alpha[i] = random.Next(3) switch { 0 => 0, 1 => 1, _ => random.NextSingle() };
        return alpha;
    }

    private static void Write(string path, float[] alpha, PixelSize size, AlphaFormat format, int rows, bool force = false)
    {
        using var writer = AlphaFile.Create(path, size, format, force);
        for (var y = 0; y < size.Height; y += rows)
            writer.WriteRows(alpha.AsSpan(y * size.Width, Math.Min(rows, size.Height - y) * size.Width));
        writer.Complete();
    }
}
