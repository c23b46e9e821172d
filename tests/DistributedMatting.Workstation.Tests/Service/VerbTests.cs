using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Service;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests.Service;

public sealed class VerbTests
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paused_job_keeps_its_patches_and_goes_on()
    {
        await using var harness = new ServiceHarness();
        harness.Engine.Work = FakeEngine.ForEver;
        var id = await harness.SubmitAsync("a");
        await harness.UntilAsync(id, JobState.Running);
        await harness.Service.ApplyAsync(id, JobVerb.Pause, End);
        // The next one begins only when the machine is free of the first.
        var begun = Begun(harness, FakeEngine.ForEver);
        var next = await harness.SubmitAsync("b");
        await begun.WaitAsync(End);
        Assert.Equal(JobState.Paused, (await harness.Service.StatusAsync(id, End)).State);
        Assert.True(File.Exists(harness.PathOf(id, "work/patches")));

        harness.Engine.Work = (_, _, _) => Task.CompletedTask;
        await harness.Service.ApplyAsync(next, JobVerb.Cancel, End);
        await harness.Service.ApplyAsync(id, JobVerb.Resume, End);
        Assert.Equal(2, (await harness.UntilAsync(id, JobState.Succeeded)).Attempts);
    }

    [Fact]
    public async Task Paused_and_resumed_at_once_it_still_ends()
    {
        await using var harness = new ServiceHarness();
        var stubborn = new TaskCompletionSource();
        var begun = Begun(harness, (_, _, _) => stubborn.Task);
        var id = await harness.SubmitAsync("a");
        await begun.WaitAsync(End);
        await harness.Service.ApplyAsync(id, JobVerb.Pause, End);
        await harness.Service.ApplyAsync(id, JobVerb.Resume, End);
        var attempts = harness.Engine.Begun.Count;
        stubborn.SetResult();
        Assert.Equal(1, attempts);
        Assert.Equal(1, (await harness.UntilAsync(id, JobState.Succeeded)).Attempts);
    }

    [Fact]
    public async Task A_cancelled_job_gives_up_its_patches_and_can_be_deleted()
    {
        await using var harness = new ServiceHarness();
        harness.Engine.Work = FakeEngine.ForEver;
        var id = await harness.SubmitAsync("a");
        await harness.UntilAsync(id, JobState.Running);
        await Assert.ThrowsAsync<JobConflictException>(() => harness.Service.DeleteAsync(id, End));
        await harness.Service.ApplyAsync(id, JobVerb.Cancel, End);
        await harness.Service.DeleteAsync(id, End);

        Assert.False(Directory.Exists(harness.PathOf(id, "")));
        await Assert.ThrowsAsync<JobNotFoundException>(() => harness.Service.StatusAsync(id, End));
        await harness.ReopenAsync();
        await Assert.ThrowsAsync<JobNotFoundException>(() => harness.Service.StatusAsync(id, End));
    }

    [Fact]
    public async Task A_job_that_was_done_before_it_heard_of_its_end_is_done()
    {
        await using var harness = new ServiceHarness();
        var deaf = new TaskCompletionSource();
        var begun = Begun(harness, (_, _, _) => deaf.Task);
        var id = await harness.SubmitAsync("a");
        await begun.WaitAsync(End);
        Assert.Equal(JobState.Cancelled, (await harness.Service.ApplyAsync(id, JobVerb.Cancel, End)).State);
        deaf.SetResult();
        Assert.NotNull((await harness.UntilAsync(id, JobState.Succeeded)).Report);
    }

    [Fact]
    public async Task A_failed_job_says_why_and_can_be_retried()
    {
        await using var harness = new ServiceHarness();
        harness.Engine.Work = (_, _, _) => throw new InvalidInputException("the disk is full");
        var failed = await harness.SubmitAndWaitAsync("a", JobState.Failed);
        Assert.Equal("the disk is full", failed.Error);

        harness.Engine.Work = (_, _, _) => Task.CompletedTask;
        await harness.Service.ApplyAsync(failed.Id, JobVerb.Retry, End);
        var done = await harness.UntilAsync(failed.Id, JobState.Succeeded);
        Assert.Null(done.Error);
    }

    [Fact]
    public async Task A_bug_in_one_plate_does_not_stop_the_next()
    {
        await using var harness = new ServiceHarness();
        harness.Engine.Work = (_, _, _) => throw new InvalidOperationException("no such\nluck");
        var failed = await harness.SubmitAndWaitAsync("a", JobState.Failed);
        Assert.DoesNotContain('\n', failed.Error!);
        harness.Engine.Work = (_, _, _) => Task.CompletedTask;
        await harness.SubmitAndWaitAsync("b", JobState.Succeeded);
    }

    // Gives the engine its work; ends when that is begun: a job is running a moment before the engine has it.
    private static Task Begun(ServiceHarness harness, Func<PlateOrder, IPlateObserver, CancellationToken, Task> work)
    {
        var begun = new TaskCompletionSource();
        harness.Engine.Work = (order, observer, stop) =>
        {
            begun.TrySetResult();
            return work(order, observer, stop);
        };
        return begun.Task;
    }
}
