using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests.Service;

public sealed class QueueTests
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Higher_priority_first_then_first_in()
    {
        await using var harness = new ServiceHarness();
        var gate = new TaskCompletionSource();
        harness.Engine.Work = (_, _, _) => gate.Task;
        var first = await harness.SubmitAsync("first");
        await harness.UntilAsync(first, JobState.Running);

        await harness.SubmitAsync("b");
        await harness.SubmitAsync("c");
        await harness.SubmitAsync("urgent", priority: 90);
        var raised = await harness.SubmitAsync("raised", priority: 10);
        var last = await harness.SubmitAsync("last", priority: 20);
        await harness.Service.SetPriorityAsync(raised, 60, End);
        gate.SetResult();

        await harness.UntilAsync(last, JobState.Succeeded);
        Assert.Equal(["first", "urgent", "raised", "b", "c", "last"], harness.Engine.Begun);
    }

    [Fact]
    public async Task Two_hundred_jobs_of_twenty_clients_are_each_run_once()
    {
        await using var harness = new ServiceHarness();
        var clients = Enumerable.Range(0, 20).Select(client => Task.Run(async () =>
        {
            var ids = new List<JobId>();
            for (var i = 0; i < 10; i++) ids.Add(await harness.SubmitAsync($"{client}-{i}"));
            return ids;
        }));
        foreach (var id in (await Task.WhenAll(clients)).SelectMany(ids => ids)) await harness.UntilAsync(id, JobState.Succeeded);

        Assert.Equal(200, harness.Engine.Begun.Count);
        Assert.Equal(200, harness.Engine.Begun.Distinct().Count());
        Assert.Equal(200, (await harness.Service.ListAsync(new JobQuery { Limit = 1 }, End)).Total);
    }

    [Fact]
    public async Task A_repeated_token_is_the_same_job()
    {
        await using var harness = new ServiceHarness();
        var asked = ServiceHarness.Plate("a") with { Token = "t1" };
        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => harness.Service.SubmitAsync(asked, End))));

        var id = Assert.Single(receipts.Select(receipt => receipt.Job.Id).Distinct());
        Assert.Single(receipts, receipt => receipt.IsNew);
        await harness.UntilAsync(id, JobState.Succeeded);
        await harness.Service.SetCommentAsync(id, "seen by Ann", "ann", End);
        await harness.ReopenAsync();
        harness.Engine.Check = _ => throw new InvalidInputException("the alpha is there already");
        Assert.Equal(id, (await harness.Service.SubmitAsync(asked, End)).Job.Id);
        await Assert.ThrowsAsync<JobConflictException>(() => harness.Service.SubmitAsync(asked with { Alpha = "/out/b.tif" }, End));
        Assert.Single(harness.Engine.Begun);
    }

    [Fact]
    public async Task What_the_engine_refuses_is_no_job()
    {
        await using var harness = new ServiceHarness();
        harness.Engine.Check = _ => throw new InvalidInputException("the plate is damaged");
        await Assert.ThrowsAsync<InvalidInputException>(() => harness.SubmitAsync("a"));
        Assert.Equal(0, (await harness.Service.ListAsync(new JobQuery(), End)).Total);
    }

    [Fact]
    public async Task Lists_are_filtered_and_paged_newest_first()
    {
        await using var harness = new ServiceHarness();
        harness.Engine.Work = FakeEngine.ForEver;
        for (var i = 0; i < 5; i++)
            await harness.Service.SubmitAsync(ServiceHarness.Plate($"shot{i}") with { Project = i < 2 ? "dune" : "alps", User = "ann" }, End);

        var page = await harness.Service.ListAsync(new JobQuery { Project = "alps", User = "ann", Text = "SHOT", Offset = 1, Limit = 1 }, End);
        Assert.Equal(3, page.Total);
        Assert.Equal("shot3", Assert.Single(page.Jobs).Submission.Name);
        var none = await harness.Service.ListAsync(new JobQuery { States = new HashSet<JobState> { JobState.Failed } }, End);
        Assert.Empty(none.Jobs);
        var alpha = await harness.Service.ListAsync(new JobQuery { Text = "/OUT/shot1.tif" }, End);
        Assert.Equal("shot1", Assert.Single(alpha.Jobs).Submission.Name);
    }

    [Fact]
    public async Task A_watcher_sees_it_through_to_the_end()
    {
        await using var harness = new ServiceHarness();
        var gate = new TaskCompletionSource();
        harness.Engine.Work = async (_, progress, _) =>
        {
            await gate.Task;
            for (var done = 0; done <= 4; done++) progress.Report(new StageProgress(MattingStage.Matte, done, 4, "patches", TimeSpan.FromSeconds(1)));
        };
        var id = await harness.SubmitAsync("a");
        var seen = new List<JobStatus>();
        await foreach (var status in harness.Service.WatchAsync(id, null, End))
        {
            seen.Add(status);
            if (status.State == JobState.Running) gate.TrySetResult();
        }

        var last = seen[^1];
        Assert.Equal(JobState.Succeeded, last.State);
        Assert.Equal(new PatchCounts(4, 0, 0, 4, 2), last.Patches);
        Assert.Equal(seen.Select(status => status.Version).Distinct().Order(), seen.Select(status => status.Version));
        await foreach (var again in harness.Service.WatchAsync(id, last.Version, End)) Assert.Fail($"told twice: {again.Version}");
    }
}
