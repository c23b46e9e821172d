using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Cluster.Tests.Workers;

/// <summary>What a farm of real processes says of its workers.</summary>
public sealed class FarmWorkersTests : FarmTest
{
    [Fact]
    public async Task Workers_AreListed_DrainedAndLost()
    {
        // The first keeps the list, which is not written down.
        await using var farm = await TestFarm.StartAsync(
            choices => choices with { PatchMilliseconds = 20, Batch = null, DeadAfter = 15 }, [new SiloChoices { Name = "borealis" }]);
        var atlas = await farm.AddAsync(new SiloChoices { Name = "atlas", Workers = 2 });
        await UntilAsync(farm, "three workers are warm", workers => workers.Count == 3 && workers.All(worker => worker.State == WorkerState.Idle));
        var listed = await farm.Service.Workers.ListAsync(Cancel);
        Assert.Equal(["atlas#1", "atlas#2", "borealis#1"], listed.Select(worker => worker.Name));
        Assert.All(listed, worker => Assert.Equal(worker.Name.Split('#')[0], worker.Silo));
        // Some 20 patches a second, encoded and matted: two seconds of them.
        Assert.All(listed, worker => Assert.InRange(worker.Batch!.Value, 2, 64));
        await Assert.ThrowsAsync<WorkerNotFoundException>(() => farm.Service.Workers.DrainAsync("nobody", Cancel));

        await farm.Service.Workers.DrainAsync("atlas#1", Cancel);
        var id = (await farm.Service.SubmitAsync(TestPlates.Write(farm.Root, "plate", 803, 597, 3), Cancel)).Job.Id;
        await UntilAsync(farm, "two workers are at the job", workers => workers.Count(worker => worker.State == WorkerState.Working && worker.Job == id && worker.Stage is not null) == 2);
        Assert.Equal((WorkerState.Drained, 0), Of(await farm.Service.Workers.ListAsync(Cancel), "atlas#1"));
        await UntilAsync(farm, "they say how fast they are", workers => workers.Count(worker => worker.PatchesPerSecond > 0) == 2);

        await farm.Service.Workers.ResumeAsync("atlas#1", Cancel);
        await UntilAsync(farm, "the third works as well", workers => workers.Single(worker => worker.Name == "atlas#1").PatchesPerSecond > 0);
        atlas.Kill();
        await UntilAsync(farm, "two workers are lost", workers => workers.Count(worker => worker.State == WorkerState.Lost) == 2);
        Assert.Equal(JobState.Succeeded, (await farm.EndAsync(id, Limit)).State);

        atlas = await farm.AddAsync(new SiloChoices { Name = "atlas" });
        await UntilAsync(farm, "its follower has taken the place of the first of them", workers =>
            workers.Single(worker => worker.Name == "atlas#1").State == WorkerState.Idle && workers.Single(worker => worker.Name == "atlas#2").State == WorkerState.Lost);
        atlas.Signal("TERM");
        await UntilAsync(farm, "a silo that left on purpose is not listed", workers => workers.All(worker => worker.Name != "atlas#1"));
    }

    [Fact]
    public async Task SiloThatKeptTheList_IsLost_AndTheListIsNot()
    {
        await using var farm = await TestFarm.StartAsync(choices => choices, [new SiloChoices { Name = "borealis" }]);
        await farm.AddAsync(new SiloChoices { Name = "atlas", Workers = 2 });
        await UntilAsync(farm, "three workers are warm", workers => workers.Count == 3 && workers.All(worker => worker.State == WorkerState.Idle));

        farm.Silos[0].Kill();
        await UntilAsync(farm, "all are listed, and the one that died is lost", workers =>
        {
            // No list is short of anybody, not even the first of the new farm grain.
            Assert.Equal(["atlas#1", "atlas#2", "borealis#1"], workers.Select(worker => worker.Name));
            return workers.Count(worker => worker.State == WorkerState.Idle) == 2 && workers[2].State == WorkerState.Lost;
        });
        await farm.Service.Workers.DrainAsync("atlas#1", Cancel);
        await UntilAsync(farm, "a worker hears the new farm grain", workers => workers[0].State == WorkerState.Drained);
    }

    private static (WorkerState, long) Of(IReadOnlyList<WorkerStatus> workers, string name)
    {
        var worker = workers.Single(worker => worker.Name == name);
        return (worker.State, worker.PatchesDone);
    }

    private static Task UntilAsync(TestFarm farm, string what, Func<IReadOnlyList<WorkerStatus>, bool> isSo) =>
        Wait.UntilAsync(what, Limit, async () => isSo(await farm.Service.Workers.ListAsync(Cancel)));
}
