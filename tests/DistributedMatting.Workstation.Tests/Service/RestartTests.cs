using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests.Service;

/// <summary>A shutdown leaves on disk what a kill does: a running job is still "running" there.</summary>
public sealed class RestartTests
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_not_ended_goes_on_in_its_old_order()
    {
        await using var harness = new ServiceHarness();
        harness.Engine.Work = FakeEngine.ForEver;
        var running = await harness.SubmitAsync("running");
        await harness.UntilAsync(running, JobState.Running);
        var paused = await harness.SubmitAsync("paused");
        await harness.Service.ApplyAsync(paused, JobVerb.Pause, End);
        var waiting = await harness.SubmitAsync("waiting");
        await harness.CloseAsync();
        Assert.Contains("\"running\"", await File.ReadAllTextAsync(harness.PathOf(running, "job.json"), End), StringComparison.Ordinal);
        Assert.True(File.Exists(harness.PathOf(running, "work/patches")));

        harness.Engine.Begun.Clear();
        harness.Engine.Work = (_, _, _) => Task.CompletedTask;
        await harness.ReopenAsync();
        await harness.UntilAsync(waiting, JobState.Succeeded);
        Assert.Equal(["running", "waiting"], harness.Engine.Begun);
        Assert.Equal(2, (await harness.Service.StatusAsync(running, End)).Attempts);
        Assert.Equal(JobState.Paused, (await harness.Service.StatusAsync(paused, End)).State);
    }

    [Fact]
    public async Task What_was_cut_short_is_swept_away()
    {
        await using var harness = new ServiceHarness();
        var done = await harness.SubmitAndWaitAsync("done", JobState.Succeeded);
        await harness.CloseAsync();
        var cut = Directory.CreateDirectory(Path.Combine(harness.Folder, JobId.Create().ToString()));
        await File.WriteAllTextAsync(Path.Combine(cut.FullName, "job.json.new"), "{", End);
        await File.WriteAllTextAsync(harness.PathOf(done.Id, "job.json.new"), "{", End);

        await harness.ReopenAsync();
        cut.Refresh();
        Assert.False(cut.Exists);
        Assert.Equal(done.Version, (await harness.Service.StatusAsync(done.Id, End)).Version);
        Assert.Empty(harness.Warnings);
    }

    [Fact]
    public async Task A_damaged_job_is_told_of_and_left_for_a_person()
    {
        await using var harness = new ServiceHarness();
        var done = await harness.SubmitAndWaitAsync("done", JobState.Succeeded);
        await harness.CloseAsync();
        await File.WriteAllTextAsync(harness.PathOf(done.Id, "job.json"), "{ \"format\": 1", End);

        await harness.ReopenAsync();
        Assert.Contains("job.json", Assert.Single(harness.Warnings), StringComparison.Ordinal);
        Assert.True(File.Exists(harness.PathOf(done.Id, "job.json")));
        await harness.SubmitAndWaitAsync("next", JobState.Succeeded);
    }

    [Fact]
    public async Task One_folder_has_one_service()
    {
        await using var harness = new ServiceHarness();
        Assert.Throws<InvalidInputException>(() => harness.Open());
    }
}
