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
    public async Task AlphaIsWrittenWhileItsPlateIsMatted_AndLeavesNothingWhenItsJobIsCancelled()
    {
        await using var farm = await TestFarm.StartAsync(choices => choices with { PatchMilliseconds = 60 }, TestFarm.Alike(2));
        var submission = TestPlates.Write(farm.Root, "plate", 203, 797, 6);
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel);
        var id = (await farm.Service.SubmitAsync(submission, Cancel)).Job.Id;
        var beside = Path.GetFileName(submission.Alpha) + ".partial-*";

        await Wait.UntilAsync("the alpha is begun", Limit, () => Directory.GetFiles(farm.Root, beside).Length > 0, farm.Said);
        var matted = (await farm.Service.StatusAsync(id, Cancel)).Stages.Single(stage => stage.Stage == Core.Jobs.MattingStage.Matte);
        Assert.InRange(matted.Done, 1, matted.Total - 1);
        await farm.Service.ApplyAsync(id, JobVerb.Cancel, Cancel);
        Assert.Empty(Directory.GetFiles(farm.Root, beside));
        Assert.False(File.Exists(submission.Alpha));

        await farm.Service.ApplyAsync(id, JobVerb.Retry, Cancel);
        var job = await farm.EndAsync(id, Limit);
        Assert.Equal((JobState.Succeeded, null), (job.State, job.Error));
        Assert.Equal(expected, await File.ReadAllBytesAsync(submission.Alpha, Cancel));
        Assert.Empty(Directory.GetFiles(farm.Root, beside));
    }
}
