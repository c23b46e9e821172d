using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Core;
using DistributedMatting.Core.Scheduling;

namespace DistributedMatting.Cluster.Tests;

public class LostResultsTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public void ResultThatIsNeverFound_EndsWithASentence_OthersAreMadeAgain()
    {
        var lost = new LostResults("patch", "/farm/work/key", _clock);
        for (var i = 0; i < 1000; i++) lost.Note([7]);
        _clock.Pass(LostResults.For);
        lost.Note([8]);
        var error = Assert.Throws<InvalidInputException>(() => lost.Note([7]));
        Assert.StartsWith("patch 7 was made 1001 times and not found again in /farm/work/key;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ResultThatIsLostNowAndThen_IsMadeAgain()
    {
        var lost = new LostResults("patch", "/farm/work/key", _clock);
        for (var i = 0; i < LostResults.Most; i++)
        {
            lost.Note([7]);
            _clock.Pass(LostResults.For);
        }
    }

    [Theory]
    [InlineData("patch 3 failed on 2 silos: it burns", 2, "a/0", "b/0")]
    [InlineData("patch 3 failed on 2 workers of the only silo that could try it: it burns", 1, "a/0", "a/1")]
    [InlineData("patch 3 failed 2 times on the only worker that could try it: it burns", 1, "a/0")]
    [InlineData("patch 3: it burns, and so did those before it", 0)]
    public void PoisonSaysWhoTriedIt(string words, int silos, params string[] workers) =>
        Assert.Equal(words, SchedulerGrain.Words(new PoisonPatch("job", "matte", 3, "it burns", workers, silos, 2)));

    private sealed class ManualTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }
}
