using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Patches;

namespace DistributedMatting.Cluster.Tests;

/// <summary>What can be seen of a farm's jobs: what a workstation shows of the same plate.</summary>
public sealed class FarmPatchesTests : FarmTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Patches_AndWhatTheyDrewOn_AreTheWorkstations(bool keepWork)
    {
        await using var farm = await TestFarm.StartAsync(choices => choices with { KeepWork = keepWork, PatchMilliseconds = 40 }, TestFarm.Alike(2));
        var submission = TestPlates.Write(farm.Root, "plate", 403, 297, 6);
        var seen = new Seen();
        await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel, seen);

        var (id, results) = ((await farm.Service.SubmitAsync(submission, Cancel)).Job.Id, farm.Service.Results);
        await Wait.UntilAsync("some patches are encoded, and others wait", Limit, async () => await StatesAsync(results, id) is { } states && states.Contains('e') && states.Contains('w'));
        Assert.Equal(JobState.Succeeded, (await farm.EndAsync(id, Limit)).State);
        if (!keepWork)
        {
            await Wait.UntilAsync("the job's files are gone", Limit, () => !Directory.Exists(Path.Combine(farm.Choices.Folder, "jobs", id.ToString()))
                && !Directory.EnumerateDirectories(Path.Combine(farm.Choices.Folder, "work")).Any());
        }

        await Wait.UntilAsync("all patches are matted", Limit, async () => (await results.PatchesAsync(id, Cancel)).States == seen.States.Replace('w', 'm'));
        foreach (var query in seen.Ranking!.Queries)
        {
            var patch = await results.PatchAsync(id, query.QueryPatch, Cancel);
            Assert.Equal(query.Patches, patch.Contexts.Select(context => context.Index));
            Assert.Equal(query.Scores, patch.Contexts.Select(context => context.Score!.Value));
        }
        await Assert.ThrowsAsync<ResultMissingException>(() => results.PatchAsync(id, seen.States.Length, Cancel));
        await Assert.ThrowsAsync<JobNotFoundException>(() => results.PatchesAsync(JobId.Create(), Cancel));
        // This client is no silo.
        await Assert.ThrowsAsync<ResultMissingException>(() => results.PicturesAsync(id, Cancel));

        await farm.Service.DeleteAsync(id, Cancel);
        await Assert.ThrowsAsync<JobNotFoundException>(() => results.PatchesAsync(id, Cancel));
        Assert.Empty(Records(farm));
    }

    [Fact]
    public async Task CancelledJob_ShowsHowFarItCame_UntilItIsTriedAgain()
    {
        await using var farm = await TestFarm.StartAsync(choices => choices with { PatchMilliseconds = 40 }, TestFarm.Alike(1));
        var (id, results) = ((await farm.Service.SubmitAsync(TestPlates.Write(farm.Root, "plate", 403, 297, 7), Cancel)).Job.Id, farm.Service.Results);
        await Wait.UntilAsync("some patches are encoded", Limit, async () => await StatesAsync(results, id) is { } states && states.Contains('e'));
        await farm.Service.ApplyAsync(id, JobVerb.Cancel, Cancel);
        var states = (await results.PatchesAsync(id, Cancel)).States;
        Assert.Contains('w', states);
        Assert.Single(Records(farm));

        await farm.Service.ApplyAsync(id, JobVerb.Retry, Cancel);
        Assert.Equal(JobState.Succeeded, (await farm.EndAsync(id, Limit)).State);
        await Wait.UntilAsync("all patches are matted", Limit, async () => (await results.PatchesAsync(id, Cancel)).States.All(state => state is 'k' or 'm'));
    }

    [Fact]
    public async Task Silo_ShowsPicturesOfAnySilosJobs()
    {
        var port = Ports.Free();
        await using var farm = await TestFarm.StartAsync(choices => choices, [new SiloChoices { Workers = 0, Name = "desk:1", Listen = port }, new SiloChoices()]);
        var id = (await farm.Service.SubmitAsync(TestPlates.Write(farm.Root, "plate", 403, 297, 8), Cancel)).Job.Id;
        Assert.Equal(JobState.Succeeded, (await farm.EndAsync(id, Limit)).State);

        using var client = new HttpClient { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/api/v1/jobs/{id}/")) };
        var pictures = await client.GetStringAsync(new Uri("pictures", UriKind.Relative), Cancel);
        Assert.Contains("\"width\":403,\"height\":297", pictures, StringComparison.Ordinal);
        Assert.Contains("composite", pictures, StringComparison.Ordinal);
        foreach (var view in new[] { "plate", "trimap", "alpha", "composite" })
        {
            var tile = await client.GetAsync(new Uri($"pictures/{view}/0/0_0", UriKind.Relative), Cancel);
            Assert.True(tile.IsSuccessStatusCode, $"{view}: {tile.StatusCode}");
            Assert.StartsWith("image/", tile.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
        }
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(farm.Choices.Folder, "pictures", "silo-desk_1")));
    }

    private static string[] Records(TestFarm farm)
    {
        var records = Path.Combine(farm.Choices.Folder, "records");
        return Directory.Exists(records) ? Directory.GetFiles(records) : [];
    }

    // Null until the plate has been cut.
    private static async Task<string?> StatesAsync(IJobResults results, JobId id)
    {
        try
        {
            return (await results.PatchesAsync(id, Cancel)).States;
        }
        catch (ResultMissingException)
        {
            return null;
        }
    }

    private sealed class Seen : IPlateObserver
    {
        public string States { get; private set; } = "";

        public ContextRanking? Ranking { get; private set; }

        public void Cut(PatchGrid grid, IReadOnlyList<PatchState> states) => States = PatchMap.Of(grid, [.. states]).States;

        public void Ranked(ContextRanking ranking) => Ranking = ranking;

        public void Report(StageProgress value)
        {
        }

        public void Counted(long unknownPixels)
        {
        }

        public void Became(int patchIndex, PatchState state)
        {
        }

        public void Say(string line)
        {
        }
    }
}
