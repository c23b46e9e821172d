using System.Diagnostics;

namespace DistributedMatting.Cli.Tests;

/// <summary>Places where an alpha cannot or must not go.</summary>
public sealed class BadOutputTests : IDisposable
{
    private readonly Workplace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Alpha_IsTheTrimap_Refused()
    {
        var before = File.ReadAllBytes(_here.Trimap);
        var line = await Matting.RefusesAsync("run", _here.Plate, _here.Trimap, "-o", _here.Trimap, "--force", "--model", Workplace.Model);

        Assert.Contains("input", line, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_here.Trimap));
    }

    [Fact]
    public async Task Alpha_IsThePlateThroughALink_Refused()
    {
        File.CreateSymbolicLink(_here.At("link.png"), _here.Plate);
        Assert.Contains("input", await Matting.RefusesAsync("run", _here.Plate, _here.Trimap, "-o", _here.At("link.png"), "--force", "--model", Workplace.Model), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alpha_IsThere_RefusedWithoutForce()
    {
        File.WriteAllText(_here.Alpha, "precious");

        Assert.Contains("--force", await Matting.RefusesAsync(_here.Run()), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_here.Alpha));
    }

    [Theory]
    [InlineData("hdmatt")]
    [InlineData("closed-form")]
    public async Task Provenance_OfSomeoneElse_RefusedWithoutForce(string method)
    {
        var path = _here.Alpha + ".json";
        string[] run = ["run", _here.Plate, _here.Trimap, "-o", _here.Alpha, "--method", method];
        foreach (var foreign in new[] { "precious", """{"software": "of someone else"}""", "[1, 2]" })
        {
            File.WriteAllText(path, foreign);
            var line = await Matting.RefusesAsync(run);

            Assert.Contains(path, line, StringComparison.Ordinal);
            Assert.Contains("--force", line, StringComparison.Ordinal);
            Assert.Equal(foreign, File.ReadAllText(path));
            Assert.Equal(["alpha.tif.json"], _here.Left());
        }
    }

    [Fact]
    public async Task Provenance_OfAnAlphaThatIsGone_Replaced()
    {
        await RunTests.SucceedsAsync(_here.Run());
        var before = File.ReadAllText(_here.Alpha + ".json");
        File.Delete(_here.Alpha);
        await RunTests.SucceedsAsync(_here.Run());

        Assert.NotEqual(before, File.ReadAllText(_here.Alpha + ".json"));
    }

    [Theory]
    [InlineData("alpha.jpg", "16", ".tif")]
    [InlineData("alpha", "16", ".tif")]
    [InlineData("alpha.png", "float", "PNG")]
    [InlineData("no/such/folder/alpha.tif", "16", "folder")]
    [InlineData("plate.png/alpha.tif", "16", "is a file and no folder")]
    [InlineData("plate.png/deep/alpha.tif", "16", "is not there")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.tif", "16", "too long")]
    public async Task Alpha_ThatCannotBe_Refused(string name, string depth, string says)
    {
        var line = await Matting.RefusesAsync("run", _here.Plate, _here.Trimap, "-o", _here.At(name), "--depth", depth, "--model", Workplace.Model);

        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.Empty(_here.Left());
    }

    [Fact]
    public async Task Alpha_WhereNobodyMayWrite_Refused() =>
        Assert.Contains("/proc", await Matting.RefusesAsync("run", _here.Plate, _here.Trimap, "-o", "/proc/alpha.tif", "--model", Workplace.Model), StringComparison.Ordinal);

    [Theory]
    [InlineData("plate.png", "is a file")]
    [InlineData("plate.png/job", "part of its path is a file")]
    [InlineData("", "--job-dir is empty")]
    public async Task JobFolder_ThatCannotBe_Refused(string name, string says)
    {
        var line = await LastLineAsync(_here.Run("--job-dir", name.Length == 0 ? "" : _here.At(name)));

        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.Empty(_here.Left());
    }

    [Fact]
    public async Task JobFolder_InUse_Refused()
    {
        var job = Directory.CreateDirectory(_here.At("job")).FullName;
        using (new FileStream(Path.Combine(job, "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("in use", (await LastLineAsync(_here.Run("--job-dir", job))), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_here.Alpha));
    }

    [Fact]
    public async Task JobFolder_OfSomeoneElse_Untouched()
    {
        var job = Directory.CreateDirectory(_here.At("pictures")).FullName;
        File.WriteAllText(Path.Combine(job, "holiday.jpg"), "precious");

        await LastLineAsync(_here.Run("--job-dir", job));
        Assert.Equal(["holiday.jpg"], Directory.EnumerateFileSystemEntries(job).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Disk_Full_NoHalfFile()
    {
        var small = Directory.CreateDirectory(_here.At("small")).FullName;
        if (!await Succeeds("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", small))
            Assert.Skip("a small disk cannot be mounted here");
        try
        {
            var line = await LastLineAsync("run", _here.Plate, _here.Trimap, "-o", Path.Combine(small, "alpha.tif"), "--job-dir", _here.At("job"), "--model", Workplace.Model);

            Assert.Contains("space", line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Directory.EnumerateFiles(small), file => Path.GetFileName(file).StartsWith("alpha.tif", StringComparison.Ordinal));
        }
        finally
        {
            await Succeeds("umount", small);
        }
    }

    // Progress may have been said before it failed; the last line is the reason.
    private static async Task<string> LastLineAsync(params string[] arguments)
    {
        var result = await Matting.RunAsync(arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        return result.ErrorLines[^1];
    }

    private static async Task<bool> Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
