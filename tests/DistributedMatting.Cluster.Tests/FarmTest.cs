using DistributedMatting.Chaos.Farm;

namespace DistributedMatting.Cluster.Tests;

/// <summary>What tests with a farm of real processes begin with. One farm at a time: each class says <c>[Collection("farms")]</c>.</summary>
public abstract class FarmTest
{
    /// <summary>Longest time that anything may take.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FarmTest() => Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not there (Debian: apt-get install redis-server)");
}
