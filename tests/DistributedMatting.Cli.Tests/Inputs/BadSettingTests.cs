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
    [InlineData("'frobnicate' is no command; there are run, demo", "frobnicate")]
    [InlineData("'frobnicate' is no command; there are add, list, remove", "keys", "frobnicate")]
    [InlineData("did you mean status?", "statsu", "0123456789abcdef")]
    [InlineData("a command is missing: add, list, remove", "keys")]
    [InlineData("PLATE is missing", "run")]
    [InlineData("PLATE is missing", "run", "-o", "alpha.tif")]
    [InlineData("--output is missing", "run", "plate.png")]
    [InlineData("-o is without its value", "run", "plate.png", "-o")]
    [InlineData("did you mean --margin?", "run", "plate.png", "-o", "alpha.tif", "--margn", "3")]
    [InlineData("did you mean --fresh?", "run", "plate.png", "-o", "alpha.tif", "--fresk")]
    [InlineData("'extra' is one argument too many; 'matting run' takes PLATE TRIMAP", "run", "plate.png", "trimap.png", "extra", "-o", "alpha.tif")]
    [InlineData("--method 'foo' is not known: it takes one of hdmatt, closed-form", "run", "plate.png", "-o", "alpha.tif", "--method", "foo")]
    [InlineData("--output is empty", "run", "plate.png", "-o", "")]
    [InlineData("nofile", "run", "@nofile")]
    [InlineData("--threads is given 2 times", "run", "plate.png", "-o", "a.tif", "--threads", "2", "--threads", "3")]
    [InlineData("-o comes after --", "run", "--", "--plate", "trimap.png", "-o", "a.tif")]
    [InlineData("PLATE is empty", "run", "", "trimap.png", "-o", "a.tif")]
    [InlineData("TRIMAP is empty", "run", "plate.png", "", "-o", "a.tif")]
    [InlineData("DIR is empty", "evaluate", "")]
    [InlineData("takes an address like", "ls", "--server", "http://127.0.0.1:1/?x")]
    [InlineData("0 to 65535", "serve", "--listen", "127.0.0.1:70000")]
    public async Task CommandLine_NotUnderstood_SaysWhatWouldBeRight(string says, params string[] arguments)
    {
        var line = await Matting.RefusesAsync(arguments);

        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\t', line);
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
