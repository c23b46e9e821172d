using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Chaos.Measuring;

/// <summary>The same plate by a farm, again and again, every time from the beginning.</summary>
internal static class MeasuredPlate
{
    /// <summary>How long a plate may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>Starts a farm as studios run it: leases of its own choice, a silo dead when it has been silent for long.</summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="silos">Its silos.</param>
    /// <param name="objectBytes">Bytes of results that a silo keeps in memory; null: as many as it does by itself.</param>
    public static Task<TestFarm> StartAsync(string model, SiloChoices[] silos, long? objectBytes = null) =>
        TestFarm.StartAsync(choices => choices with { Model = model, Batch = null, DeadAfter = 15, ObjectBytes = objectBytes }, silos);

    /// <summary>The plate that is named, or one of noise.</summary>
    public static JobSubmission Of(TestFarm farm, string[] args)
    {
        var plate = TestPlates.Write(Path.Combine(farm.Root, "plates"), "noise", 2000, 2000, 1) with { Replace = true };
        return args.Length > 3 ? plate with { Name = Path.GetFileName(args[2]), Plate = Path.GetFullPath(args[2]), Trimap = Path.GetFullPath(args[3]) } : plate;
    }

    /// <summary>Submits a plate, and watches it to its end as any client does.</summary>
    public static async Task<JobStatus> RunAsync(TestFarm farm, JobSubmission plate)
    {
        using var limit = new CancellationTokenSource(Limit);
        var job = (await farm.Service.SubmitAsync(plate, limit.Token)).Job;
        await foreach (var status in farm.Service.WatchAsync(job.Id, null, limit.Token)) job = status;
        return job;
    }

    /// <summary>
    /// Puts away what the round before has finished: it would be found, and not done again. It goes with the farm's folder:
    /// to delete a thousand files costs the next round time, for ext4 goes around what was deleted a moment ago.
    /// </summary>
    public static void Forget(TestFarm farm)
    {
        var work = Path.Combine(farm.Choices.Folder, "work");
        if (Directory.Exists(work)) Directory.Move(work, $"{work}.{Guid.NewGuid():N}");
    }
}
