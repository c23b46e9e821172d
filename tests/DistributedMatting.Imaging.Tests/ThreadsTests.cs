using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging.Tests;

public sealed class ThreadsTests
{
    [Fact]
    public void LimitThreads_BoundsLibVips()
    {
        Codecs.LimitThreads(1);
        Assert.Equal(1, LibVips.ConcurrencyGet());
        Codecs.LimitThreads(3);
        Assert.Equal(3, LibVips.ConcurrencyGet());
        Assert.Throws<ArgumentOutOfRangeException>(() => Codecs.LimitThreads(0));
    }
}
