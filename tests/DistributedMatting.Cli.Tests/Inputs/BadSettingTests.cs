namespace DistributedMatting.Cli.Tests;

public sealed class BadSettingTests
{
    [Theory]
    [InlineData("--patch", "NaN", "64 to 2048")]
    [InlineData("--patch", "321", "multiples of 8")]
    [InlineData("--patch", "0", "64 to 2048")]
    [InlineData("--margin", "-1", "0 to 1024")]
    [InlineData("--margin", "99999999999999999999", "0 to 1024")]
    [InlineData("--contexts", "65", "0 to 64")]
    [InlineData("--contexts", "1.5", "0 to 64")]
    [InlineData("--candidates", "-3", "0 to 1000000")]
    [InlineData("--threads", "0", "1 to 256")]
    [InlineData("--threads", "∞", "1 to 256")]
    [InlineData("--memory", "NaN", "256 MiB to 1 TiB")]
    [InlineData("--memory", "-1G", "256 MiB to 1 TiB")]
    [InlineData("--memory", "10", "256 MiB to 1 TiB")]
    [InlineData("--max-megapixels", "0", "1 to 1000000")]
    [InlineData("--depth", "12", "8, 16, float")]
    public async Task Setting_OutsideItsLimits_NamedWithWhatIsAllowed(string option, string value, string allowed)
    {
        var line = await Matting.RefusesAsync("run", "plate.png", "trimap.png", "-o", "alpha.png", option, value);

        Assert.Contains(option, line, StringComparison.Ordinal);
        Assert.Contains(value, line, StringComparison.Ordinal);
        Assert.Contains(allowed, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("run")]
    [InlineData("run", "plate.png", "trimap.png")]
    [InlineData("run", "plate.png", "trimap.png", "-o")]
    [InlineData("run", "plate.png", "trimap.png", "-o", "a.png", "--no-such-option")]
    public async Task CommandLine_Malformed_OneLine(params string[] arguments) =>
        Assert.Contains("--help", await Matting.RefusesAsync(arguments), StringComparison.Ordinal);
}
