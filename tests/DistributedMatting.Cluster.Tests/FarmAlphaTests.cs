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
}
