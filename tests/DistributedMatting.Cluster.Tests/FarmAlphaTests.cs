using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Tests;

/// <summary>One alpha is one job's at a time, whichever silo is asked; and it is called what it is called.</summary>
public sealed class FarmAlphaTests : FarmTest
{
    [Fact]
    public async Task SecondJobOfOneAlpha_IsRefused_UntilTheFirstHasEnded()
    {
        await using var farm = await TestFarm.StartAsync(choices => choices with { PatchMilliseconds = 40 }, TestFarm.Alike(2));
        var submission = TestPlates.Write(farm.Root, "plate", 403, 297, 5) with { Replace = true };
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async i =>
        {
            try
            {
                return (await farm.Service.SubmitAsync(submission with { Token = $"{i}" }, Cancel)).Job.Id;
            }
            catch (JobConflictException error)
            {
                Assert.Contains($"writes {submission.Alpha}", error.Message, StringComparison.Ordinal);
                return default;
            }
        }));
        var first = Assert.Single(answers, id => id != default);

        await farm.Service.ApplyAsync(first, JobVerb.Cancel, Cancel);
        var second = (await farm.Service.SubmitAsync(submission with { Token = "again" }, Cancel)).Job.Id;
        await Assert.ThrowsAsync<JobConflictException>(() => farm.Service.ApplyAsync(first, JobVerb.Retry, Cancel));
        Assert.Equal(JobState.Succeeded, (await farm.EndAsync(second, Limit)).State);
        var alpha = await farm.Service.Results.AlphaAsync(second, Cancel);
        await using (alpha.Content) Assert.Equal(Path.GetFileName(submission.Alpha), alpha.Name);
        var provenance = await farm.Service.Results.ProvenanceAsync(second, Cancel);
        await using (provenance.Content) Assert.Equal(Path.GetFileName(submission.Alpha) + ".json", provenance.Name);
    }

    [Fact]
    public async Task AlphaIsWrittenWhileItsPlateIsMatted_AndLeavesNothingWhenItsJobStops()
    {
        await using var farm = await TestFarm.StartAsync(choices => choices with { PatchMilliseconds = 120 }, TestFarm.Alike(2));
        var submission = TestPlates.Write(farm.Root, "plate", 203, 597, 6);
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel);
        var id = (await farm.Service.SubmitAsync(submission, Cancel)).Job.Id;

        await BegunAsync(farm, submission);
        Assert.Equal(JobState.Running, (await farm.Service.StatusAsync(id, Cancel)).State);
        foreach (var (stop, goOn) in new[] { (JobVerb.Pause, JobVerb.Resume), (JobVerb.Cancel, JobVerb.Retry) })
        {
            await farm.Service.ApplyAsync(id, stop, Cancel);
            await Wait.UntilAsync($"nothing is left of the alpha after {stop}", Limit, () => Unfinished(farm, submission).Length == 0);
            Assert.False(File.Exists(submission.Alpha));
            await farm.Service.ApplyAsync(id, goOn, Cancel);
            if (goOn == JobVerb.Resume) await BegunAsync(farm, submission);
        }

        var job = await farm.EndAsync(id, Limit);
        Assert.Equal((JobState.Succeeded, null), (job.State, job.Error));
        Assert.Equal(expected, await File.ReadAllBytesAsync(submission.Alpha, Cancel));
        Assert.Empty(Unfinished(farm, submission));
    }

    [Fact]
    public async Task SiloThatWritesTheAlpha_MayDie()
    {
        // Long enough that calls are refused for a while, before another silo may take its place.
        await using var farm = await TestFarm.StartAsync(choices => choices with { PatchMilliseconds = 120, DeadAfter = 8 }, TestFarm.Alike(3));
        var submission = TestPlates.Write(farm.Root, "plate", 203, 597, 7);
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel);
        var id = (await farm.Service.SubmitAsync(submission, Cancel)).Job.Id;

        var unfinished = await BegunAsync(farm, submission);
        farm.Silos.Single(silo => unfinished.Contains($".partial-{silo.Id}-", StringComparison.Ordinal)).Kill();
        var job = await farm.EndAsync(id, Limit);
        Assert.Equal((JobState.Succeeded, null), (job.State, job.Error));
        Assert.Equal(expected, await File.ReadAllBytesAsync(submission.Alpha, Cancel));
        Assert.Empty(Unfinished(farm, submission));
    }

    private static async Task<string> BegunAsync(TestFarm farm, JobSubmission submission)
    {
        string[] there = [];
        await Wait.UntilAsync("the alpha is begun", Limit, () => (there = Unfinished(farm, submission)).Length > 0, farm.Said);
        return there[0];
    }

    private static string[] Unfinished(TestFarm farm, JobSubmission submission) =>
        Directory.GetFiles(farm.Root, Path.GetFileName(submission.Alpha) + ".partial-*");
}
