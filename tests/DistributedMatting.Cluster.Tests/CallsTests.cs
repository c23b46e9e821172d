using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Tests;

public class CallsTests
{
    private readonly HastyTime _clock = new();

    [Fact]
    public async Task RefusedAtOnce_ForAsLongAsAFarmMayTake_IsRepeated()
    {
        var began = _clock.GetTimestamp();
        var answer = await new Calls(_clock).Repeat(
            () => _clock.GetElapsedTime(began) < Calls.Patience - TimeSpan.FromSeconds(2) ? throw new TimeoutException("no silo") : Task.FromResult(7),
            TestContext.Current.CancellationToken);
        Assert.Equal(7, answer);
    }

    [Fact]
    public async Task FarmWhoseGrainsAreNotHeardOfYet_IsWaitedFor_AWrongArgumentIsNot()
    {
        var calls = 0;
        Assert.Equal(7, await new Calls(_clock).Repeat(
            () => ++calls < 3 ? throw new ArgumentException("Could not find an implementation for interface IFarmGrain") : Task.FromResult(7),
            TestContext.Current.CancellationToken));

        calls = 0;
        await Assert.ThrowsAsync<ArgumentException>(() => new Calls(_clock).Repeat<int>(
            () => ++calls > 0 ? throw new ArgumentException("no such state", "query") : Task.FromResult(0), TestContext.Current.CancellationToken));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task FarmThatStaysAway_IsSaidToBe()
    {
        var began = _clock.GetTimestamp();
        var error = await Assert.ThrowsAsync<EngineAwayException>(() => new Calls(_clock).Repeat<int>(() => throw new TimeoutException("no silo"), TestContext.Current.CancellationToken));
        Assert.Equal("the farm does not answer now; nothing is lost, ask again in a minute", error.Message);
        Assert.Equal("no silo", error.InnerException?.Message);
        Assert.InRange(_clock.GetElapsedTime(began), Calls.Patience, Calls.Patience + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task MistakeOfOurs_StaysOne() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Calls(_clock).Repeat<int>(() => throw new InvalidOperationException(), TestContext.Current.CancellationToken));

    [Fact]
    public async Task WhoeverGivesUp_IsNotKept()
    {
        using var stop = new CancellationTokenSource();
        var calls = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Calls(_clock).Repeat<int>(
            () =>
            {
                if (++calls == 3) stop.Cancel();
                throw new TimeoutException("no silo");
            },
            stop.Token));
        Assert.Equal(3, calls);
    }
}
