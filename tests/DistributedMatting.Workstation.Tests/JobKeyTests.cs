using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Workstation.Tests;

public sealed class JobKeyTests
{
    private static readonly JobKey Key = new("a", "b", "c", "cpu", 320, new MattingSettings(), "none");

    [Fact]
    public void SameParts_SameKey() => Assert.Equal(Key.Value, (Key with { }).Value);

    [Fact]
    public void AnyPartChanged_AnotherKey()
    {
        JobKey[] others =
        [
            Key with { PlateSha256 = "x" },
            Key with { TrimapSha256 = "x" },
            Key with { ModelSha256 = "x" },
            Key with { Device = "cuda" },
            Key with { Patch = 256 },
            Key with { Priors = "x" },
            Key with { Settings = new MattingSettings { Margin = 31 } },
            Key with { Settings = new MattingSettings { Contexts = 2 } },
            Key with { Settings = new MattingSettings { Candidates = 30 } },
            Key with { Settings = new MattingSettings { ContextUse = ContextUse.OneSidedQueries } },
        ];
        Assert.Equal(others.Length, others.Select(k => k.Value).Distinct().Count(v => v != Key.Value));
    }
}
