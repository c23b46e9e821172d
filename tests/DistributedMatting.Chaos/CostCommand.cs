using System.Globalization;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Chaos.Measuring;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Chaos;

/// <summary>
/// <c>… -- cost MODEL-FOLDER [rounds] [PLATE TRIMAP]</c>: a plate by a workstation with one thread and by a farm of one silo with one
/// worker, in turns. Reports the medians, their ratio, and whether the bytes are the same. Without a plate it makes one of noise.
/// What more workers and silos gain is measured by <see cref="ScaleCommand"/>.
/// </summary>
internal static class CostCommand
{
    /// <summary>How long a plate may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
        var (model, rounds) = (Path.GetFullPath(args[0]), Number(1, 3));
        await using var farm = await TestFarm.StartAsync(choices => choices with { Model = model, Batch = null, DeadAfter = 15 }, TestFarm.Alike(1));
        var plate = Plate(farm, args);
        var (alone, together, same) = (new List<double>(), new List<double>(), true);
        // The first of each is warm-up: compiled code, open sessions.
        for (var round = 0; round <= rounds; round++)
        {
            Forget(farm);
            var load = MachineLoad.Now;
            var began = TimeProvider.System.GetTimestamp();
            var expected = await TestPlates.MatteAsync(farm.Choices.Network(), plate, CancellationToken.None);
            var workstation = TimeProvider.System.GetElapsedTime(began).TotalSeconds;

            began = TimeProvider.System.GetTimestamp();
            var job = await RunAsync(farm, plate);
            var silo = TimeProvider.System.GetElapsedTime(began).TotalSeconds;

            var equal = job.State == JobState.Succeeded && (await File.ReadAllBytesAsync(plate.Alpha)).AsSpan().SequenceEqual(expected);
            same &= equal;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round == 0 ? "warm-up" : $"round {round}")}: workstation {workstation:0.00} s, farm {silo:0.00} s, {(equal ? "same bytes" : $"OTHER BYTES {job.Error}")}; load {load}; {job.Report?.Seconds}"));
            if (round == 0) continue;
            alone.Add(workstation);
            together.Add(silo);
        }
        var (a, b) = (Median(alone), Median(together));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plate.Name}: workstation {a:0.00} s, farm {b:0.00} s, {b / a:0.00} times; {(same ? "same bytes" : "OTHER BYTES")}"));
        return same ? 0 : 1;
    }

    /// <summary>The plate that is named, or one of noise.</summary>
    public static JobSubmission Plate(TestFarm farm, string[] args)
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

    public static double Median(List<double> values) => values.Order().Skip((values.Count - 1) / 2).Take(2 - (values.Count % 2)).Average();
}
