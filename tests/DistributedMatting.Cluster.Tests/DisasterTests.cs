using DistributedMatting.Chaos;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Tests;

/// <summary>What docs/operations.md promises for bad days.</summary>
public sealed class DisasterTests : FarmTest
{
    [Fact]
    public async Task SiloThatIsCutOff_ChangesNothing()
    {
        if (CutNetwork.Obstacle is { } obstacle) Assert.Skip(obstacle);
        using var rounds = CutCommand.Start("1", "20", "7");
        await rounds.EndAsync(TimeSpan.FromMinutes(5));
        Assert.True(rounds.ExitCode == 0, rounds.Said);
        Assert.Contains("same bytes", rounds.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedisThatLostItsData_CostsTheQueue_AndNoPatch()
    {
        await using var farm = await TestFarm.StartAsync(2, patchMilliseconds: 40);
        var submission = TestPlates.Write(farm.Root, "plate", 603, 397, 4);
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel);
        var first = (await farm.Service.SubmitAsync(submission, Cancel)).Job.Id;
        var work = Path.Combine(farm.Choices.Folder, "work");
        await Wait.UntilAsync("ten patches are in the ledger", Limit, () => Directory.Exists(work)
            && Directory.EnumerateDirectories(work, CommitLog.FolderName, SearchOption.AllDirectories).SelectMany(Directory.EnumerateFiles).Sum(file => File.ReadAllLines(file).Length) > 10);
        Assert.False((await farm.Service.StatusAsync(first, Cancel)).State.HasEnded());

        await farm.RestartWithoutRedisDataAsync(2);
        await Assert.ThrowsAsync<JobNotFoundException>(() => farm.Service.StatusAsync(first, Cancel));
        Assert.Empty((await farm.Service.ListAsync(new JobQuery(), Cancel)).Jobs);
        var again = await farm.EndAsync((await farm.Service.SubmitAsync(submission, Cancel)).Job.Id, Limit);

        Assert.Equal((JobState.Succeeded, null), (again.State, again.Error));
        Assert.InRange(again.Report!.EncodesReused + again.Report.PatchesReused, 10, int.MaxValue);
        Assert.Equal(expected, await File.ReadAllBytesAsync(submission.Alpha, Cancel));
        Assert.All(farm.Commits(again.Report.JobKey).Values, times => Assert.Equal(1, times));
    }
}
