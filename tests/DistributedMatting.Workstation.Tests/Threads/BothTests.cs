using DistributedMatting.Workstation.Threads;

namespace DistributedMatting.Workstation.Tests.Threads;

public sealed class BothTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AFailure_ComesOutAsItIs(int threads)
    {
        var error = Assert.Throws<IOException>(() => Both.Run(threads, () => throw new IOException("the disk is full"), () => { }));
        Assert.Equal("the disk is full", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void BothAreDone_WhenItReturns(int threads)
    {
        var (one, other) = (false, false);
        Both.Run(threads, () => one = true, () => other = true);
        Assert.True(one && other);
    }
}
