using System.Globalization;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Chaos.Measuring;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Chaos;

/// <summary>
/// <c>… -- scale MODEL-FOLDER [rounds] [PLATE TRIMAP] --silos 1,2</c>: the same plate by farms of so many silos, in turns. A silo has
/// one worker of one thread, and one core that it shares with no other silo: a farm that grows by machines. With
/// <c>--workers 1,2</c> one silo has so many workers and as many cores, and with <c>--shared-cores</c> besides, all cores, whatever
/// the number of its workers: then what is no worker's own work runs on the cores that are left over. Redis and this program, which
/// do little, run wherever there is room.
/// Cores of one machine may differ (others use the same chip), so the fewer take each core in turn. Reports the whole job and its
/// network stages (encode, rank, matte): medians of the rounds on the same cores, their mean over those; processor time, and how many
/// times faster each number is than the first. Give a multiple of the cores as rounds.
/// </summary>
internal static class ScaleCommand
{
    // Until code is compiled, sessions are open, and memory has grown to what a plate takes.
    private const int WarmUps = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var sharedCores = args is [.., "--shared-cores"];
        if (sharedCores) args = args[..^1];
        if (args is not [.., "--silos" or "--workers", var text]) throw new ArgumentException("say --silos or --workers, and how many: 1,2");
        int[] counts = [.. text.Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture)).Distinct()];
        var (bySilos, words) = (args[^2] == "--silos", args[..^2]);
        if (counts.Length == 0 || counts.Any(count => count < 1 || count > Environment.ProcessorCount))
            throw new ArgumentException($"{text}: each must be 1 to {Environment.ProcessorCount}, for each has a core of its own");
        var (model, rounds) = (Path.GetFullPath(words[0]), words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 3);
        var (settings, farms) = (new List<Setting>(), new List<TestFarm>());
        try
        {
            // What the other silo made in the round before must not be in a silo's memory: it is less than one plate's results.
            if (bySilos) foreach (var count in counts) farms.Add(await MeasuredPlate.StartAsync(model, TestFarm.Alike(count), objectBytes: 64L << 20));
            else farms.Add(await MeasuredPlate.StartAsync(model, [new SiloChoices { Name = "silo", Workers = counts.Max() }]));
            var plates = farms.Select(farm => MeasuredPlate.Of(farm, words)).ToArray();
            settings.AddRange(counts.Select((count, at) => bySilos ? OfSilos(farms[at], count, plates[at]) : OfWorkers(farms[0], count, sharedCores, plates[0])));
            await MeasureAsync(settings, rounds);
            foreach (var setting in settings) Console.WriteLine(setting.Summary(settings[0], bySilos ? "silos" : "workers"));
            return 0;
        }
        finally
        {
            foreach (var farm in farms) await farm.DisposeAsync();
        }
    }

    private static Setting OfSilos(TestFarm farm, int count, JobSubmission plate)
    {
        return new Setting(count, farm, plate, async cores =>
        {
            await Wait.UntilAsync($"{count} silos wait for work", MeasuredPlate.Limit, async () => (await Idle(farm)).Length == count);
            foreach (var (at, silo) in farm.Silos.Index()) Cores.Give(silo.Id, [cores[at]]);
        });
    }

    // One silo, of which those workers that are too many are drained.
    private static Setting OfWorkers(TestFarm farm, int count, bool sharedCores, JobSubmission plate)
    {
        return new Setting(count, farm, plate, async cores =>
        {
            var pool = farm.Service.Workers;
            await Wait.UntilAsync("all workers are warm", MeasuredPlate.Limit, async () => (await pool.ListAsync(CancellationToken.None)).All(worker => worker.State != WorkerState.Starting));
            foreach (var (at, worker) in (await pool.ListAsync(CancellationToken.None)).Index())
            {
                if (at < count) await pool.ResumeAsync(worker.Name, CancellationToken.None);
                else await pool.DrainAsync(worker.Name, CancellationToken.None);
            }
            await Wait.UntilAsync($"{count} workers wait for work", MeasuredPlate.Limit, async () => (await Idle(farm)).Length == count);
            if (!sharedCores) Cores.Give(farm.Silos[0].Id, cores);
        });
    }

    private static async Task MeasureAsync(List<Setting> settings, int rounds)
    {
        byte[]? bytes = null;
        for (var round = -WarmUps; round < rounds; round++)
        {
            foreach (var setting in settings)
            {
                var (farm, plate) = (setting.Farm, setting.Plate);
                await MeasuredPlate.ClearedAsync(farm);
                int[] cores = [.. Enumerable.Range(0, setting.Count).Select(core => (core + round + WarmUps) % Environment.ProcessorCount).Order()];
                await setting.Prepare(cores);
                var (processor, load) = (setting.Processor, MachineLoad.Now);
                var began = TimeProvider.System.GetTimestamp();
                var job = await MeasuredPlate.RunAsync(farm, plate);
                var whole = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
                if (job.State != JobState.Succeeded) throw new InvalidOperationException($"the job is {job.State}: {job.Error}");
                var alpha = await File.ReadAllBytesAsync(plate.Alpha);
                if (!(bytes ??= alpha).AsSpan().SequenceEqual(alpha)) throw new InvalidOperationException("the alpha differs from the first one's");
                var seconds = job.Report!.Seconds;
                var network = seconds.Encode + seconds.Rank + seconds.Matte;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round < 0 ? "warm-up" : $"round {round + 1}")}, {setting.Count} on {string.Join('+', cores)}: {whole:0.00} s; ingest {seconds.Ingest:0.00}, network stages {network:0.00} (encode {seconds.Encode:0.00}, rank {seconds.Rank:0.00}, matte {seconds.Matte:0.00}), join {seconds.StitchTail:0.00}; {job.Report.PatchesInferred} patches, processor {setting.Processor - processor:0.0} s; load {load}"));
                if (round >= 0) setting.Rounds.Add((string.Join('+', cores), whole, network));
            }
        }
    }

    private static async Task<WorkerStatus[]> Idle(TestFarm farm) =>
        [.. (await farm.Service.Workers.ListAsync(CancellationToken.None)).Where(worker => worker.State == WorkerState.Idle)];

    private sealed record Setting(int Count, TestFarm Farm, JobSubmission Plate, Func<int[], Task> Prepare)
    {
        public List<(string Cores, double Job, double Network)> Rounds { get; } = [];

        public double Processor => Farm.Silos.Sum(silo => Cores.Seconds(silo.Id));

        public string Summary(Setting first, string unit)
        {
            var (job, network, before, networkBefore) = (Of(time => time.Job), Of(time => time.Network), first.Of(time => time.Job), first.Of(time => time.Network));
            return string.Create(CultureInfo.InvariantCulture, $"{Count} {unit}: {job:0.00} s, {before / job:0.00} times as fast as {first.Count}; network stages {network:0.00} s, {networkBefore / network:0.00} times; same bytes");
        }

        private double Of(Func<(string Cores, double Job, double Network), double> of) =>
            Rounds.GroupBy(time => time.Cores).Average(group => Times.Median([.. group.Select(of)]));
    }
}
