using System.Text.Json;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Cli.Tests;

public sealed class OtherCommandTests : IDisposable
{
    private readonly Workplace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Demo_Json_FiguresAndPictures()
    {
        var figures = await RunTests.JsonAsync("demo", "--size", "300", "--seed", "3", "-o", _here.At("demo"), "--model", Workplace.Model, "--json");

        foreach (var name in new[] { "sad", "mse", "seam_ratio", "peak_memory_mib", "patches_total", "patches_inferred", "patches_reused" })
            Assert.True(figures.GetProperty(name).ValueKind == JsonValueKind.Number, $"{name} is {figures.GetProperty(name)}");
        foreach (var name in new[] { "plate", "trimap", "alpha", "composite" })
            Assert.True(File.Exists(figures.GetProperty(name).GetString()), $"{name} is not there");
    }

    [Fact]
    public async Task Demo_FolderOfSomeoneElse_Refused()
    {
        var folder = Directory.CreateDirectory(_here.At("mine")).FullName;
        File.WriteAllText(Path.Combine(folder, "plate.tif"), "precious");

        Assert.Contains("--force", await Matting.RefusesAsync("demo", "--size", "300", "-o", folder, "--model", Workplace.Model), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Path.Combine(folder, "plate.tif")));
    }

    [Theory]
    [InlineData("scene.json", """{"version": "1.0", "size": 300, "seed": 3, "name": "a scene of mine"}""")]
    [InlineData("scene.json", "precious")]
    [InlineData("alpha.tif.json", "precious")]
    [InlineData("composite.png", "precious")]
    public async Task Demo_FileOfSomeoneElse_RefusedWithoutForce(string name, string content)
    {
        var folder = Directory.CreateDirectory(_here.At("mine")).FullName;
        File.WriteAllText(Path.Combine(folder, name), content);

        Assert.Contains(name, await Matting.RefusesAsync("demo", "--size", "300", "-o", folder, "--model", Workplace.Model), StringComparison.Ordinal);
        Assert.Equal([name], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
        Assert.Equal(content, File.ReadAllText(Path.Combine(folder, name)));
    }

    [Fact]
    public async Task Demo_KilledWhileItCompares_KeepsItsMatte()
    {
        string[] demo = ["demo", "--size", "300", "-o", _here.At("demo"), "--model", Workplace.Model];
        Assert.Contains("matte:", (await RunTests.SucceedsAsync(demo)).Error, StringComparison.Ordinal);
        File.Delete(_here.At("demo/composite.png"));
        var again = await RunTests.SucceedsAsync(demo);

        Assert.DoesNotContain("matte:", again.Error, StringComparison.Ordinal);
        Assert.Contains("compare:", again.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_here.At("demo/composite.png")));
        Assert.Contains("matte:", (await RunTests.SucceedsAsync(demo)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("255")]
    [InlineData("40000")]
    [InlineData("NaN")]
    public async Task Demo_SizeOutOfRange_Refused(string size) =>
        Assert.Contains("256 to 32768", await Matting.RefusesAsync("demo", "--size", size), StringComparison.Ordinal);

    [Theory]
    [InlineData("hdmatt")]
    [InlineData("hdmatt-no-context")]
    [InlineData("half")]
    [InlineData("blurred-trimap")]
    [InlineData("closed-form")]
    public async Task Evaluate_Json_MeansAndImages(string method)
    {
        var set = Set();
        var json = await RunTests.JsonAsync("evaluate", set, "--method", method, "-o", _here.At("scores"), "--model", Workplace.Model, "--json");

        foreach (var name in new[] { "sad", "mse", "gradient", "connectivity" })
            Assert.True(json.GetProperty("mean").GetProperty(name).GetDouble() >= 0, name);
        Assert.Equal(1, json.GetProperty("images").GetArrayLength());
        Assert.Equal(3, File.ReadAllLines(_here.At("scores/scores.csv")).Length);
        Assert.True(File.Exists(_here.At("scores/sheet.png")));
    }

    [Fact]
    public async Task Evaluate_HalfAgainstHalf_NoError()
    {
        var set = Set();
        File.Copy(Path.Combine(set, "trimap1", "a.png"), Path.Combine(set, "alpha", "a.png"), overwrite: true);
        var json = await RunTests.JsonAsync("evaluate", set, "--method", "half", "-o", _here.At("scores"), "--json");

        // 128 of 255 is not quite a half.
        Assert.InRange(json.GetProperty("mean").GetProperty("mse").GetDouble(), 0, 1e-5);
    }

    [Fact]
    public async Task Evaluate_PatchesThatSeeNothingKnown_AreCountedApart()
    {
        var (set, size) = (Set(), new PixelSize(640, 320));
        foreach (var (folder, value) in new (string, Func<int, int, float>)[] { ("image", (_, _) => 0.3f), ("alpha", (_, _) => 1), ("trimap1", (x, _) => x < 10 ? 0 : 0.5f) })
        {
            File.Delete(Path.Combine(set, folder, "a.png"));
            Workplace.WriteTrimap(Path.Combine(set, folder, "a.png"), size, value);
        }

        var mean = (await RunTests.JsonAsync("evaluate", set, "--method", "half", "-o", _here.At("scores"), "--json")).GetProperty("mean");
        // Patches begin at 0, 288 and 576; only the first sees column 0.
        Assert.Equal(2, mean.GetProperty("blind_patches").GetInt32());
        Assert.Equal(0.25, mean.GetProperty("blind_mse").GetDouble(), 1e-6);
        Assert.Equal(0.5 * 320 * 320 / 1000, mean.GetProperty("blind_sad").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task Evaluate_IntoTheMeasuredFolder_Refused()
    {
        var set = Set();
        Assert.Contains("outside", await Matting.RefusesAsync("evaluate", set, "--method", "half", "-o", Path.Combine(set, "alpha")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sheet", "sheet.gif", "--sheet")]
    [InlineData("--csv", "no/scores.csv", "--csv")]
    public async Task Evaluate_PlaceThatCannotBe_RefusedBeforeTheWork(string option, string name, string says)
    {
        var set = Set();
        Assert.Contains(says, await Matting.RefusesAsync("evaluate", set, "--method", "half", "-o", _here.At("scores"), option, _here.At(name)), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_here.At("scores")));
    }

    [Fact]
    public async Task Evaluate_NoSuchFolder_Named() =>
        Assert.Contains("no-such", await Matting.RefusesAsync("evaluate", _here.At("no-such"), "--method", "half", "-o", _here.At("scores")), StringComparison.Ordinal);

    [Fact]
    public async Task Bench_Json_Ratios()
    {
        var json = await RunTests.JsonAsync("bench", "--plate", _here.Plate, "--trimap", _here.Trimap, "--model", Workplace.Model, "--json");

        Assert.True(json.GetProperty("pipeline_over_network_ratio").GetDouble() > 0);
        Assert.True(json.GetProperty("crop_and_stitch_over_pipeline_ratio").GetDouble() > 0);
        Assert.Equal(4, json.GetProperty("methods").GetArrayLength());
    }

    [Fact]
    public async Task Info_Json_VersionDevicesCodecs()
    {
        var json = await RunTests.JsonAsync("info", "--json");

        Assert.NotEqual(JsonValueKind.Null, json.GetProperty("version").ValueKind);
        Assert.Contains("cpu", json.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("name").GetString()));
        Assert.Contains("TIFF", json.GetProperty("codecs").GetProperty("reads").EnumerateArray().Select(format => format.GetString()));
    }

    [Fact]
    public async Task Info_ForPeople_FitsAScreen()
    {
        var lines = (await RunTests.SucceedsAsync("info")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.InRange(lines.Length, 5, 16);
        Assert.Contains(lines, line => line.StartsWith("model    hdmatt-s: version ", StringComparison.Ordinal) && line.Contains("320", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("matting run plate.tif trimap.png -o alpha.tif", "run")]
    [InlineData("matting serve --root", "serve")]
    [InlineData("matting demo")]
    public async Task Help_EndsWithExamples_AndNamesEachDefaultOnce(string example, params string[] command)
    {
        var help = (await RunTests.SucceedsAsync([.. command, "--help"])).Output;

        Assert.Contains(example, help, StringComparison.Ordinal);
        foreach (var line in help.Split('\n'))
            Assert.True(!line.Contains("[default:", StringComparison.Ordinal) || line.Split("default").Length == 2, line);
    }

    [Fact]
    public async Task Evaluate_NetworkOptionsWithoutNetwork_Warned() =>
        Assert.Contains("--contexts", (await RunTests.SucceedsAsync("evaluate", Set(), "--method", "half", "-o", _here.At("scores"), "--contexts", "2")).Error, StringComparison.Ordinal);

    private string Set()
    {
        var set = _here.At("set");
        foreach (var (folder, file) in new[] { ("image", _here.Plate), ("alpha", _here.Trimap), ("trimap1", _here.Trimap) })
        {
            Directory.CreateDirectory(Path.Combine(set, folder));
            File.Copy(file, Path.Combine(set, folder, "a.png"));
        }

        return set;
    }
}
