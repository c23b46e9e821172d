using DistributedMatting.Cluster.Workers;

namespace DistributedMatting.Cluster.Tests.Workers;

public class RecentTokensTests
{
    [Fact]
    public void AskedForLast_IsKept_OthersAreFoundAnew()
    {
        List<int> found = [];
        var tokens = new RecentTokens(2, patch =>
        {
            found.Add(patch);
            return new[] { (byte)patch };
        });

        foreach (var patch in (int[])[1, 2, 1, 3, 1, 2]) Assert.Equal([(byte)patch], tokens.Of(patch).ToArray());
        Assert.Equal([1, 2, 3, 2], found);
    }
}
