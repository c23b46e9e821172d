using DistributedMatting.Core.Plates;

namespace DistributedMatting.Cli.Tests;

/// <summary>Everything that can be wrong with a file: one line that names it, exit code 2, and nothing left.</summary>
public sealed class BadFileTests : IDisposable
{
    private readonly Workplace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Plate_Missing_Named()
    {
        File.Delete(_here.Plate);
        Assert.Contains("plate.png", await RefusedAsync(_here.Run()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plate_Empty_Named()
    {
        File.WriteAllBytes(_here.Plate, []);
        Assert.Contains("plate.png", await RefusedAsync(_here.Run()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plate_Truncated_Named()
    {
        var bytes = File.ReadAllBytes(_here.Plate);
        File.WriteAllBytes(_here.Plate, bytes[..(bytes.Length / 2)]);
        Assert.Contains("plate.png", await RefusedAsync(_here.Run()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plate_TextNamedPng_Named()
    {
        File.WriteAllText(_here.Plate, "this is no picture, whatever its name says");
        Assert.Contains("plate.png", await RefusedAsync(_here.Run()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plate_IsFolder_Named()
    {
        File.Delete(_here.Plate);
        Directory.CreateDirectory(_here.Plate);
        Assert.Contains("plate.png", (await Matting.RefusesAsync(_here.Run())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plate_IsPipe_SaidSo()
    {
        File.Delete(_here.Plate);
        using (var process = System.Diagnostics.Process.Start("mkfifo", [_here.Plate])) await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("plate.png: is a pipe", await RefusedAsync(_here.Run()), StringComparison.Ordinal);
        Assert.Contains("/dev/null: is a device", await RefusedAsync(["run", "/dev/null", _here.Trimap, "-o", _here.Alpha, "--model", Workplace.Model]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plate_TiffCutShort_SaidWithoutTheDecodersWords()
    {
        var whole = _here.At("whole.tif");
        Workplace.WritePlate(whole, Workplace.Size);
        var bytes = File.ReadAllBytes(whole);
        File.Delete(whole);
        foreach (var length in new[] { 20, bytes.Length / 2, bytes.Length - 20 })
        {
            File.WriteAllBytes(_here.Plate, bytes[..length]);
            var line = await RefusedAsync(_here.Run());

            Assert.Contains("plate.png: is cut short or damaged", line, StringComparison.Ordinal);
            Assert.DoesNotContain("tiff", line, StringComparison.Ordinal);
            Assert.DoesNotContain("TIFF directory", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Plate_OverMaxMegapixels_BeforeItIsDecoded()
    {
        Workplace.WritePlate(_here.At("large.png"), new PixelSize(1200, 1000), bits: 8);
        var line = await Matting.RefusesAsync("run", _here.At("large.png"), _here.Trimap, "-o", _here.Alpha, "--max-megapixels", "1");

        Assert.Contains("megapixel", line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Trimap_OfAnotherSize_BothSizesNamed()
    {
        Workplace.WriteTrimap(_here.Trimap, new PixelSize(299, 260), Workplace.Disc);
        var line = await RefusedAsync(_here.Run());

        Assert.Contains("299×260", line, StringComparison.Ordinal);
        Assert.Contains("300×260", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trimap_LeftOutAndNoAlphaChannel_Named() =>
        Assert.Contains("alpha channel", await RefusedAsync(["run", _here.Plate, "-o", _here.Alpha, "--model", Workplace.Model]), StringComparison.Ordinal);

    [Theory]
    [InlineData("card.json")]
    [InlineData("encoder.onnx")]
    [InlineData("matter.onnx")]
    public async Task Model_Damaged_FileNamed(string file)
    {
        var model = CopyOfModel();
        var path = Path.Combine(model, file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0xff;
        File.WriteAllBytes(path, bytes);

        Assert.Contains(file, await Matting.RefusesAsync(RunWith(model)), StringComparison.Ordinal);
        Assert.False(File.Exists(_here.Alpha));
    }

    [Fact]
    public async Task Model_GraphThatIsNone_Named()
    {
        var model = CopyOfModel();
        var path = Path.Combine(model, "encoder.onnx");
        var card = File.ReadAllText(Path.Combine(model, "card.json"));
        var before = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        File.WriteAllText(path, "garbage, but as its card says");
        File.WriteAllText(Path.Combine(model, "card.json"), card.Replace(before, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), StringComparison.Ordinal));
        var line = await Matting.RefusesAsync(RunWith(model));

        Assert.Contains($"{path} is no network", line, StringComparison.Ordinal);
        Assert.Contains("export the model again", line, StringComparison.Ordinal);
        Assert.DoesNotContain("ErrorCode", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_CardWithAnotherStride_SaysTheOneThatIs()
    {
        var model = CopyOfModel();
        var card = Path.Combine(model, "card.json");
        File.WriteAllText(card, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(card), "\"stride\": *[0-9]+", "\"stride\": 16"));

        Assert.Contains("\"stride\" is 16; it must be 8.", await Matting.RefusesAsync(RunWith(model)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_NotThere_NamedWithWhatIs() =>
        Assert.Contains("no-such-model", await RefusedAsync(RunWith("no-such-model")), StringComparison.Ordinal);

    [Fact]
    public async Task Model_IsFile_SaidSo() =>
        Assert.Contains("trimap.png is a file", await RefusedAsync(RunWith(_here.Trimap)), StringComparison.Ordinal);

    [Fact]
    public async Task Model_FolderWithoutCard_Named() =>
        Assert.Contains("card.json", await RefusedAsync(RunWith(_here.Folder)), StringComparison.Ordinal);

    [Fact]
    public async Task Device_NotThere_NamedWithWhatIs()
    {
        var line = await RefusedAsync(_here.Run("--device", "cuda:7"));

        Assert.Contains("cuda:7", line, StringComparison.Ordinal);
        Assert.Contains("cpu", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--patch", "320", "72")]
    [InlineData("--margin", "40", "36")]
    public async Task Setting_ThatTheModelCannot_Named(string option, string value, string allowed)
    {
        var line = await RefusedAsync(_here.Run(option, value));

        Assert.Contains(option + " ", line, StringComparison.Ordinal);
        Assert.Contains(allowed, line, StringComparison.Ordinal);
    }

    private string[] RunWith(string model) => ["run", _here.Plate, _here.Trimap, "-o", _here.Alpha, "--model", model];

    private string CopyOfModel()
    {
        var model = _here.At("model");
        Directory.CreateDirectory(model);
        foreach (var file in Directory.EnumerateFiles(Workplace.Model)) File.Copy(file, Path.Combine(model, Path.GetFileName(file)));
        return model;
    }

    private async Task<string> RefusedAsync(string[] arguments)
    {
        var line = await Matting.RefusesAsync(arguments);
        Assert.Empty(_here.Left());
        return line;
    }
}
