using DistributedMatting.Cli.Options;

namespace DistributedMatting.Cli.Tests;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("600M", 600L << 20)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("2 gb", 2L << 30)]
    [InlineData("1.5g", 3L << 29)]
    [InlineData("4096", 4096)]
    [InlineData("4096B", 4096)]
    public void Amount_WithUnit_Bytes(string text, long bytes)
    {
        Assert.True(MemorySize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("NaN")]
    [InlineData("-1G")]
    [InlineData("1e300")]
    [InlineData("Infinity")]
    [InlineData("99999999999T")]
    [InlineData("0")]
    public void Amount_NotPositiveAndFinite_Refused(string text) => Assert.False(MemorySize.TryParse(text, out _));

    [Theory]
    [InlineData(600L << 20, "600 MiB")]
    [InlineData(3L << 29, "1.5 GiB")]
    [InlineData(7, "7 B")]
    public void Format_LargestUnit(long bytes, string text) => Assert.Equal(text, MemorySize.Format(bytes));
}
