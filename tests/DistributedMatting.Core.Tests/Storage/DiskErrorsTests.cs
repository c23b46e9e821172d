using DistributedMatting.Core.Storage;

namespace DistributedMatting.Core.Tests.Storage;

public sealed class DiskErrorsTests
{
    [Theory]
    [InlineData(28, "no space left")]
    [InlineData(122, "no space left")]
    [InlineData(30, "read-only")]
    [InlineData(36, "too long")]
    [InlineData(20, "is a file and no folder")]
    [InlineData(13, "no right")]
    public void Errno_BecomesWhatIsWrongAndWhatWouldBeRight(int number, string words)
    {
        var error = new IOException("whatever the runtime says", number);
        Assert.Contains(words, DiskErrors.Why(error), StringComparison.Ordinal);
        Assert.StartsWith("a.tif: cannot be written, ", DiskErrors.Explain(error, "a.tif")!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RealErrors_AreKnown()
    {
        var folder = Directory.CreateTempSubdirectory("matting-disk-errors-");
        try
        {
            var file = Path.Combine(folder.FullName, "file");
            File.WriteAllText(file, "");
            Assert.Contains("file and no folder", Why(() => Directory.CreateDirectory(Path.Combine(file, "deep"))), StringComparison.Ordinal);
            Assert.Contains("file and no folder", Why(() => File.WriteAllText(Path.Combine(file, "deep"), "")), StringComparison.Ordinal);
            Assert.Contains("too long", Why(() => File.WriteAllText(Path.Combine(folder.FullName, new string('a', 300)), "")), StringComparison.Ordinal);
            Assert.Contains("folder is not there", Why(() => File.WriteAllText(Path.Combine(folder.FullName, "no", "file"), "")), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void UnknownErrors_KeepTheirWords()
    {
        Assert.Null(DiskErrors.Explain(new InvalidOperationException("x"), "a.tif"));
        Assert.Contains("something odd", DiskErrors.Refused(new IOException("something odd."), "a.tif cannot be read").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(4096, "4 KiB")]
    [InlineData(600.5 * 1024 * 1024, "600.5 MiB")]
    [InlineData(1.5 * 1024 * 1024 * 1024, "1.5 GiB")]
    [InlineData(5e18, "4547473.51 TiB")]
    public void ByteSize_LargestUnitThatFits(double bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));

    private static string Why(Action action)
    {
        var error = Assert.ThrowsAny<Exception>(action);
        return DiskErrors.Why(error) ?? $"nothing is known of {error.GetType().Name} {error.HResult}: {error.Message}";
    }
}
