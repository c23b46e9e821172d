using DistributedMatting.Chaos.Farm;

namespace DistributedMatting.Cluster.Tests;

/// <summary>
/// What tests with a farm of real processes begin with. A farm waits for most of its time, so those of two classes run at
/// once: each has a Redis, ports and a folder of its own.
/// </summary>
public abstract class FarmTest
{
    /// <summary>Longest time that anything may take.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FarmTest() => Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not there (Debian: apt-get install redis-server)");
}
