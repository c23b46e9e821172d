using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Core.Networks;

namespace DistributedMatting.Cluster.Tests.Workers;

public class BatchSizeTests
{
    // A patch of it takes 1 MiB and a little.
    private static readonly NetworkShape Shape = new(8, 8, 1, 1, 1, 1 << 20);

    [Theory]
    [InlineData(40L << 20, 1, 1000.0, 19)] // a half of the memory
    [InlineData(40L << 20, 4, 1000.0, 4)] // which four share
    [InlineData(1L << 40, 1, 3.0, 6)] // two seconds' worth
    [InlineData(1L << 40, 1, 1000.0, BatchSize.Most)]
    [InlineData(null, 1, 1000.0, BatchSize.Most)]
    [InlineData(1L, 1, 0.01, 1)]
    public void Batch_FollowsMemoryAndSpeed(long? memory, int sharers, double perSecond, int expected) =>
        Assert.Equal(expected, BatchSize.Of(new WorkerDevice("chip", "cpu", memory), sharers, perSecond, Shape));
}
