using DistributedMatting.Chaos;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Tests;

/// <summary>Real silos and a real redis-server, as processes of their own.</summary>
public sealed class FarmTests : FarmTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task AnyNumberOfSilos_GiveTheWorkstationsBytes(int silos)
    {
        await using var farm = await StartAsync(silos);
        var submission = TestPlates.Write(farm.Root, "plate", 403, 297, silos);
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel);

        var receipt = await farm.Service.SubmitAsync(submission, Cancel);
        var job = await farm.EndAsync(receipt.Job.Id, Limit);

        Assert.Equal((JobState.Succeeded, null), (job.State, job.Error));
        Assert.Equal(expected, await File.ReadAllBytesAsync(submission.Alpha, Cancel));
        Assert.All(farm.Commits(job.Report!.JobKey).Values, times => Assert.Equal(1, times));
        Assert.Equal(job.Report.PatchesTotal - job.Report.PatchesKnown, farm.Commits(job.Report.JobKey).Keys.Count(commit => commit.Stage == "matte"));
        Assert.True(File.Exists(submission.Alpha + ".json"));
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("redis")]
    [InlineData("term")]
    public async Task Mishap_ChangesNothing(string kind)
    {
        await using var farm = await StartAsync(2, patchMilliseconds: 20);
        var outcome = await ChaosRound.RunAsync(farm, 0, kind, new Random(5), 400, within: TimeSpan.FromSeconds(3));
        Assert.True(outcome.IsGood, $"{outcome.Text}\n{farm.Said()}");
    }

    [Fact]
    public async Task Verbs_DoWhatTheySay()
    {
        await using var farm = await StartAsync(1, patchMilliseconds: 40);
        var submission = TestPlates.Write(farm.Root, "plate", 403, 297, 9) with { Token = "once" };
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel);
        var id = (await farm.Service.SubmitAsync(submission, Cancel)).Job.Id;

        Assert.False((await farm.Service.SubmitAsync(submission, Cancel)).IsNew);
        await Assert.ThrowsAsync<JobConflictException>(() => farm.Service.SubmitAsync(submission with { Depth = 8 }, Cancel));
        await Assert.ThrowsAsync<InvalidInputException>(() => farm.Service.SubmitAsync(submission with { Token = null, Plate = "/is/not/there.tif" }, Cancel));
        await Assert.ThrowsAsync<JobNotFoundException>(() => farm.Service.StatusAsync(JobId.Create(), Cancel));
        Assert.Equal(id, Assert.Single((await farm.Service.ListAsync(new JobQuery(), Cancel)).Jobs).Id);

        Assert.Equal(JobState.Paused, (await farm.Service.ApplyAsync(id, JobVerb.Pause, Cancel)).State);
        await Assert.ThrowsAsync<JobConflictException>(() => farm.Service.DeleteAsync(id, Cancel));
        Assert.Equal("seen", (await farm.Service.SetCommentAsync(id, "seen", "ann", Cancel)).Submission.Comment);
        Assert.Equal(JobState.Waiting, (await farm.Service.ApplyAsync(id, JobVerb.Resume, Cancel)).State);

        var states = new List<JobState>();
        await foreach (var status in farm.Service.WatchAsync(id, null, Cancel)) states.Add(status.State);
        Assert.Equal(JobState.Succeeded, states[^1]);
        Assert.Equal(expected, await File.ReadAllBytesAsync(submission.Alpha, Cancel));
        await farm.Service.DeleteAsync(id, Cancel);
        await Assert.ThrowsAsync<JobNotFoundException>(() => farm.Service.StatusAsync(id, Cancel));
    }

    [Fact]
    public async Task NewSilo_HasWorkSoon_AndADrainedOneLeavesNoneBehind()
    {
        await using var farm = await StartAsync(1, patchMilliseconds: 40);
        var submission = TestPlates.Write(farm.Root, "plate", 403, 297, 3);
        var id = (await farm.Service.SubmitAsync(submission, Cancel)).Job.Id;
        await UntilWorkersAsync(farm, 1);
        // The plate is not to be done before the silo is up, however slowly this machine starts one.
        await farm.Service.ApplyAsync(id, JobVerb.Pause, Cancel);
        var second = await farm.AddAsync();
        await farm.Service.ApplyAsync(id, JobVerb.Resume, Cancel);
        await UntilWorkersAsync(farm, 2);
        second.Signal("TERM");
        await second.EndAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(0, second.ExitCode);
        Assert.Equal(JobState.Succeeded, (await farm.EndAsync(id, Limit)).State);
    }

    private static Task UntilWorkersAsync(TestFarm farm, int workers)
    {
        var log = Path.Combine(farm.Choices.Folder, "work");
        return Wait.UntilAsync($"{workers} workers have committed patches", Limit, () => Directory.Exists(log)
            && Directory.EnumerateDirectories(log, CommitLog.FolderName, SearchOption.AllDirectories).SelectMany(Directory.EnumerateFiles).Count() >= workers);
    }

    private static Task<TestFarm> StartAsync(int silos, int patchMilliseconds = 0) => TestFarm.StartAsync(silos, patchMilliseconds: patchMilliseconds);
}
