using System.Text.Json;
using DistributedMatting.Imaging;

namespace DistributedMatting.Cli.Tests;

public sealed class RunTests : IDisposable
{
    private readonly Workplace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Json_OneObjectWithWhatScriptsRead()
    {
        var figures = await JsonAsync(_here.Run("--json"));

        foreach (var name in new[] { "seam_ratio", "peak_memory_mib", "patches_total", "patches_inferred", "patches_reused" })
            Assert.True(figures.GetProperty(name).ValueKind == JsonValueKind.Number, $"{name} is {figures.GetProperty(name)}");
        Assert.Equal(_here.Alpha, figures.GetProperty("alpha").GetString());
        Assert.Equal(figures.GetProperty("patches_total").GetInt32(), figures.GetProperty("patches_known").GetInt32() + figures.GetProperty("patches_inferred").GetInt32());
    }

    [Fact]
    public async Task Alpha_KnownPixelsExact_AndNothingElseLeft()
    {
        await SucceedsAsync(_here.Run());

        using var alpha = PlateFile.Open(_here.Alpha);
        Assert.Equal((Workplace.Size, 16), (alpha.Size, alpha.BitDepth));
        var rgb = new ushort[3 * alpha.Size.Pixels];
        alpha.ReadRows(rgb);
        for (var i = 0; i < alpha.Size.Pixels; i++)
        {
            var known = Workplace.Disc(i % alpha.Size.Width, i / alpha.Size.Width);
            if (known != 0.5f) Assert.Equal(known == 1f ? 65535 : 0, rgb[3 * i]);
        }

        Assert.Equal(["alpha.tif", "alpha.tif.json"], _here.Left().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Provenance_BesideTheAlpha_NamesInputsAndModel()
    {
        await SucceedsAsync(_here.Run());

        var text = await File.ReadAllTextAsync(_here.Alpha + ".json", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("\\u", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(text);
        Assert.Equal("plate.png", json.RootElement.GetProperty("plate").GetString());
        Assert.Equal(64, json.RootElement.GetProperty("plate_file_sha256").GetString()!.Length);
        Assert.Equal(64, json.RootElement.GetProperty("model_sha256").GetString()!.Length);
        Assert.Equal("cpu", json.RootElement.GetProperty("device").GetString());
    }

    [Fact]
    public async Task KilledBeforeTheProvenance_SameCommandAgain_WritesIt()
    {
        await SucceedsAsync(_here.Run());
        var alpha = File.ReadAllBytes(_here.Alpha);
        File.Delete(_here.Alpha + ".json");
        await Matting.RefusesAsync(_here.Run());

        Workplace.LeaveFinished(_here.Alpha);
        await SucceedsAsync(_here.Run());

        Assert.Equal(alpha, File.ReadAllBytes(_here.Alpha));
        Assert.Equal(["alpha.tif", "alpha.tif.json"], _here.Left().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task KilledAfterTheProvenance_SameCommandAgain_ClearsItsFolder()
    {
        await SucceedsAsync(_here.Run());
        Workplace.LeaveFinished(_here.Alpha);
        var answer = await Matting.RefusesAsync(_here.Run());

        Assert.Contains("there already", answer, StringComparison.Ordinal);
        Assert.Equal(["alpha.tif", "alpha.tif.json"], _here.Left().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Threads_OneOrMany_SameBytes()
    {
        await SucceedsAsync(_here.Run("--threads", "1"));
        var one = File.ReadAllBytes(_here.Alpha);
        await SucceedsAsync(_here.Run("--threads", "7", "--force"));

        Assert.Equal(one, File.ReadAllBytes(_here.Alpha));
    }

    [Fact]
    public async Task KeptJobFolder_SameCommandAgain_NothingInferred()
    {
        string[] command = _here.Run("--job-dir", _here.At("job"), "--json");
        await SucceedsAsync(command);
        var first = File.ReadAllBytes(_here.Alpha);
        var again = await JsonAsync([.. command, "--force"]);

        Assert.Equal(0, again.GetProperty("patches_inferred").GetInt32());
        Assert.True(again.GetProperty("patches_reused").GetInt32() > 0);
        Assert.Equal(first, File.ReadAllBytes(_here.Alpha));
    }

    [Fact]
    public async Task Trimap_WithoutUnknown_WarnedAndCopied()
    {
        Workplace.WriteTrimap(_here.Trimap, Workplace.Size, (x, y) => Workplace.Disc(x, y) == 1f ? 1f : 0f);
        var result = await SucceedsAsync(_here.Run());

        Assert.Contains("warning", result.Error, StringComparison.Ordinal);
        Assert.Contains("unknown", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trimap_WithoutKnown_Warned()
    {
        Workplace.WriteTrimap(_here.Trimap, Workplace.Size, (_, _) => 0.5f);
        Assert.Contains("warning", (await SucceedsAsync(_here.Run())).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trimap_UnexpectedValues_WarnedWithThem()
    {
        Workplace.WriteTrimap(_here.Trimap, Workplace.Size, (x, y) => Workplace.Disc(x, y) == 0.5f ? 77 / 255f : Workplace.Disc(x, y));
        var result = await SucceedsAsync(_here.Run());

        Assert.Contains("warning", result.Error, StringComparison.Ordinal);
        Assert.Contains("77", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hdmatt")]
    [InlineData("closed-form")]
    public async Task FloatPlate_WithoutNumbers_WarnedWithCountAndPlace(string method)
    {
        var rgb = new float[3 * Workplace.Size.Pixels];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = i % 1000 / 999f;
        var at = 3 * (130 * Workplace.Size.Width + 150);
        (rgb[at], rgb[at + 4]) = (float.NaN, float.PositiveInfinity);
        FloatTiff.Write(_here.At("plate.tif"), Workplace.Size, rgb);
        string[] model = method == "hdmatt" ? ["--model", Workplace.Model] : [];
        var result = await SucceedsAsync(["run", _here.At("plate.tif"), _here.Trimap, "-o", _here.Alpha, "--method", method, .. model]);

        Assert.Contains("2 pixels hold NaN or infinity, the first in column 150, row 130", result.Error, StringComparison.Ordinal);
        Assert.Contains("hold NaN", await File.ReadAllTextAsync(_here.Alpha + ".json", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contexts_Zero_Removed() =>
        Assert.Equal(0, (await JsonAsync(_here.Run("--contexts", "0", "--json"))).GetProperty("settings").GetProperty("contexts").GetInt32());

    internal static async Task<Matting.Result> SucceedsAsync(params string[] arguments)
    {
        var result = await Matting.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    internal static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await SucceedsAsync(arguments);
        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.Clone();
    }
}
