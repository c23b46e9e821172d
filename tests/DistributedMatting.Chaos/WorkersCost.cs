using System.Globalization;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Chaos.Measuring;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Chaos;

/// <summary>
/// <c>… -- cost MODEL-FOLDER [rounds] [PLATE TRIMAP] --workers 1,2 [--cores all]</c>: the same plate by one silo with so many
/// workers, in turns; those that are too many are drained. Each has one thread. So many workers have so many cores, as a farm
/// has that grows by machines; with <c>--cores all</c> every number of workers has the whole machine, and what is no worker's
/// work runs on the cores that are left over. Reports medians of the whole job and of its network stages (encode, rank,
/// matte), processor time, and how many times faster each number of workers is than the first.
/// </summary>
internal static class WorkersCost
{
    public static async Task<int> RunAsync(string[] args, int[] counts, bool allCores)
    {
        var (model, rounds) = (Path.GetFullPath(args[0]), args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3);
        await using var farm = await TestFarm.StartAsync(
            choices => choices with { Model = model, Batch = null, DeadAfter = 15 }, [new SiloChoices { Name = "silo", Workers = counts.Max() }]);
        var plate = CostCommand.Plate(farm, args);
        var took = counts.Distinct().ToDictionary(count => count, _ => new List<(double Job, double Network)>());
        byte[]? bytes = null;
        // The first of each is warm-up: compiled code, open sessions.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (count, times) in took)
            {
                CostCommand.Forget(farm);
                await SetAsync(farm.Service.Workers, count);
                if (!allCores) Cores.Give(farm.Silos[0].Id, count);
                var processor = Cores.Seconds(farm.Silos[0].Id);
                var load = MachineLoad.Now;
                var began = TimeProvider.System.GetTimestamp();
                var job = await CostCommand.RunAsync(farm, plate);
                var whole = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
                if (job.State != JobState.Succeeded) throw new InvalidOperationException($"the job is {job.State}: {job.Error}");
                var alpha = await File.ReadAllBytesAsync(plate.Alpha);
                if (!(bytes ??= alpha).AsSpan().SequenceEqual(alpha)) throw new InvalidOperationException("the alpha differs from the first one's");
                var seconds = job.Report!.Seconds;
                var network = seconds.Encode + seconds.Rank + seconds.Matte;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round == 0 ? "warm-up" : $"round {round}")}: {count} workers {whole:0.00} s, network stages {network:0.00} s, {job.Report.PatchesInferred} patches, processor {Cores.Seconds(farm.Silos[0].Id) - processor:0.0} s; load {load}; {seconds}"));
                if (round > 0) times.Add((whole, network));
            }
        }
        foreach (var (count, times) in took)
        {
            var (job, network) = Medians(times);
            var (first, firstNetwork) = Medians(took[counts[0]]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} workers: {job:0.00} s, {first / job:0.00} times as fast as {counts[0]}; network stages {network:0.00} s, {firstNetwork / network:0.00} times; same bytes"));
        }
        return 0;
    }

    private static (double Job, double Network) Medians(List<(double Job, double Network)> times) =>
        (CostCommand.Median([.. times.Select(time => time.Job)]), CostCommand.Median([.. times.Select(time => time.Network)]));

    // So many workers wait for work, the others are drained.
    private static async Task SetAsync(IWorkerPool pool, int count)
    {
        await Wait.UntilAsync("all workers are warm", CostCommand.Limit, async () => (await pool.ListAsync(CancellationToken.None)).All(worker => worker.State != WorkerState.Starting));
        foreach (var (at, worker) in (await pool.ListAsync(CancellationToken.None)).Index())
        {
            if (at < count) await pool.ResumeAsync(worker.Name, CancellationToken.None);
            else await pool.DrainAsync(worker.Name, CancellationToken.None);
        }
        await Wait.UntilAsync($"{count} workers wait for work", CostCommand.Limit, async () => (await pool.ListAsync(CancellationToken.None)).Count(worker => worker.State == WorkerState.Idle) == count);
    }
}
