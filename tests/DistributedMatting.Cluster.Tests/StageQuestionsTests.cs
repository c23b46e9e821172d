using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistributedMatting.Cluster.Tests;

public class StageQuestionsTests
{
    private static readonly WorkAnswer Done = new(true, "done");

    private readonly HastyTime _clock = new();
    private int _asked;

    [Fact]
    public async Task WorkThatGoesOn_IsAskedForAgain_UntilItIsDone()
    {
        Assert.Same(Done, await AskAsync(() => _asked < 1000 ? WorkAnswer.GoesOn : Done));
        Assert.Equal(1000, _asked);
    }

    [Fact]
    public async Task SiloThatDied_IsAskedForAMinute()
    {
        var began = _clock.GetTimestamp();
        Assert.Same(Done, await AskAsync(() => _clock.GetElapsedTime(began) < Calls.Patience - TimeSpan.FromSeconds(1) ? throw new TimeoutException("no silo") : Done));
        Assert.True(_asked > StageQuestions.MaxTries, $"asked {_asked} times");
    }

    [Fact]
    public async Task EachAnswer_BeginsTheMinuteAnew()
    {
        var heard = _clock.GetTimestamp();
        var answers = 0;
        Assert.Same(Done, await AskAsync(() =>
        {
            if (_clock.GetElapsedTime(heard) < Calls.Patience / 2) throw new TimeoutException("no silo");
            heard = _clock.GetTimestamp();
            return ++answers < 5 ? WorkAnswer.GoesOn : Done;
        }));
    }

    [Fact]
    public async Task StageThatIsNeverHeardOf_FailsTheJob_AndSaysWhy()
    {
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => AskAsync(() => throw new TimeoutException("no silo")));
        Assert.Equal("a stage was not heard of for 60 seconds, last with: no silo", error.Message);
    }

    [Fact]
    public async Task WorkThatFails_IsDoneAgain_ButNotForEver()
    {
        Assert.Same(Done, await AskAsync(() => _asked < StageQuestions.MaxTries ? new WorkAnswer(true, Error: "the disk is away") : Done));
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => AskAsync(() => new WorkAnswer(true, Error: "the disk is away")));
        Assert.Equal("a stage failed 20 times, last with: the disk is away", error.Message);
        Assert.Equal(StageQuestions.MaxTries, _asked);
    }

    [Fact]
    public async Task WhatAPersonMustSetRight_IsNotTriedAgain()
    {
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => AskAsync(() => new WorkAnswer(true, Error: "the disk is full", IsInput: true)));
        Assert.Equal("the disk is full", error.Message);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task WhoeverGivesUp_IsNotKept()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(() =>
        {
            if (_asked == 3) stop.Cancel();
            throw new TimeoutException("no silo");
        }, stop.Token));
        Assert.Equal(3, _asked);
    }

    private Task<WorkAnswer> AskAsync(Func<WorkAnswer> answer, CancellationToken? stop = null)
    {
        _asked = 0;
        return new StageQuestions(JobId.Parse("0123456789abcdef"), _clock, NullLogger.Instance).Until(
            () =>
            {
                _asked++;
                return Task.FromResult(answer());
            },
            stop ?? TestContext.Current.CancellationToken);
    }
}
