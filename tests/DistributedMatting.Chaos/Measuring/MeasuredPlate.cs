using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Chaos.Measuring;

/// <summary>The same plate by a farm, again and again, every time from the beginning.</summary>
internal static class MeasuredPlate
{
    /// <summary>How long a plate may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Starts a farm as studios run it: leases of its own choice, a silo dead when it has been silent for long, nothing kept
    /// of jobs that are done. What is kept would fill the memory for files, and each plate be slower than the one before.
    /// </summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="silos">Its silos.</param>
    /// <param name="objectBytes">Bytes of results that a silo keeps in memory; null: as many as it does by itself.</param>
    public static Task<TestFarm> StartAsync(string model, SiloChoices[] silos, long? objectBytes = null) =>
        TestFarm.StartAsync(choices => choices with { Model = model, Batch = null, DeadAfter = 15, KeepWork = false, ObjectBytes = objectBytes }, silos);

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

    /// <summary>Waits until the farm has deleted what it made of the plate before: it would be found, and not done again.</summary>
    public static Task ClearedAsync(TestFarm farm)
    {
        var work = Path.Combine(farm.Choices.Folder, "work");
        return Wait.UntilAsync($"{work} is empty", Limit, () => !Directory.Exists(work) || !Directory.EnumerateFileSystemEntries(work).Any());
    }
}
