using System.Collections.Concurrent;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Events;

namespace DistributedMatting.Cluster.Tests;

/// <summary>Jobs that are cancelled at bad moments and tried again; catalogs that die.</summary>
public sealed class RetryTests : FarmTest
{
    [Fact]
    public async Task CancelledWhileItsPlateIsTakenIn_CanBeTriedAgain()
    {
        await using var farm = await TestFarm.StartAsync(1);
        var submission = TestPlates.Write(farm.Root, "plate", 1603, 1207, 11);
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel);
        var id = (await farm.Service.SubmitAsync(submission, Cancel)).Job.Id;
        var folder = Path.Combine(farm.Choices.Folder, "jobs", id.ToString());
        for (var i = 0; i < 3; i++)
        {
            await Wait.UntilAsync("the plate is being taken in", Limit, () => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any());
            Assert.Equal(JobState.Cancelled, (await farm.Service.ApplyAsync(id, JobVerb.Cancel, Cancel)).State);
            Assert.False(Directory.Exists(folder), "a stage still writes there");
            await farm.Service.ApplyAsync(id, JobVerb.Retry, Cancel);
        }
        var job = await farm.EndAsync(id, Limit);
        Assert.Equal((JobState.Succeeded, null), (job.State, job.Error));
        Assert.Equal(expected, await File.ReadAllBytesAsync(submission.Alpha, Cancel));
    }

    [Fact]
    public async Task PlateThatIsReplacedBetweenCancelAndRetry_IsTheOneThatIsMatted()
    {
        await using var farm = await TestFarm.StartAsync(choices => choices with { KeepWork = false, PatchMilliseconds = 40 }, TestFarm.Alike(1));
        var submission = TestPlates.Write(farm.Root, "plate", 403, 297, 12);
        var id = (await farm.Service.SubmitAsync(submission, Cancel)).Job.Id;
        await Wait.UntilAsync("its patches are matted", Limit, async () =>
            (await farm.Service.StatusAsync(id, Cancel)).Stages.Any(stage => stage.Stage == Core.Jobs.MattingStage.Matte && stage.Done > 2));
        await farm.Service.ApplyAsync(id, JobVerb.Cancel, Cancel);
        File.Delete(submission.Plate);
        File.Delete(submission.Trimap!);
        TestPlates.Write(farm.Root, "plate", 403, 297, 13);
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, Cancel);

        await farm.Service.ApplyAsync(id, JobVerb.Retry, Cancel);
        var job = await farm.EndAsync(id, Limit);
        Assert.Equal((JobState.Succeeded, null), (job.State, job.Error));
        Assert.Equal(expected, await File.ReadAllBytesAsync(submission.Alpha, Cancel));
        Assert.Equal(0, job.Report!.PatchesReused);
        await farm.Service.DeleteAsync(id, Cancel);
    }

    [Fact]
    public async Task CatalogThatDies_MakesNoJobSeemDeleted()
    {
        await using var farm = await TestFarm.StartAsync(2);
        var jobs = new List<JobId>();
        for (var i = 0; i < 12; i++) jobs.Add((await farm.Service.SubmitAsync(TestPlates.Write(farm.Root, $"plate{i}", 64, 64, i), Cancel)).Job.Id);
        foreach (var id in jobs) await farm.EndAsync(id, Limit);

        var deleted = new ConcurrentQueue<JobId>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var began = new TaskCompletionSource();
        var watching = WatchAsync();
        // Whoever begins to watch after a job was deleted hears nothing of it.
        await Wait.UntilAsync("the watcher has seen all jobs", Limit, () => began.Task.IsCompleted || watching.IsCompleted);
        // The catalog is on one of them.
        foreach (var silo in farm.Silos.ToArray())
        {
            silo.Kill();
            await farm.AddAsync();
            await Wait.UntilAsync("all jobs are listed", Limit, async () => (await farm.Service.ListAsync(new JobQuery(), Cancel)).Total == jobs.Count);
        }
        await farm.Service.DeleteAsync(jobs[0], Cancel);
        await Wait.UntilAsync("a job is said to be deleted", Limit, () => !deleted.IsEmpty || watching.IsCompleted);
        await stop.CancelAsync();
        await watching;
        Assert.Equal([jobs[0]], deleted);

        async Task WatchAsync()
        {
            try
            {
                await foreach (var happened in farm.Service.WatchAllAsync(null, stop.Token))
                {
                    if (happened is JobSnapshot) began.TrySetResult();
                    if (happened is JobDeleted gone) deleted.Enqueue(gone.Id);
                }
            }
            catch (OperationCanceledException)
            {
                // That is how watching ends.
            }
        }
    }
}
