using System.Globalization;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Scheduling;

namespace DistributedMatting.Chaos;

/// <summary>
/// <c>… -- load [workers] [seconds] [jobs]</c>: so many workers whose network is a timer against one scheduler, with status
/// queries beside them; then so many submissions. Reports how long leases and answers took.
/// </summary>
internal static class LoadCommand
{
    private const int Rounds = 500;
    private const int PatchesEach = 2000;
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
        var (workers, seconds, jobs) = (Number(0, 2000), Number(1, 60), Number(2, 500));
        await using (var farm = await TestFarm.StartAsync(1)) await SubmitAsync(farm, jobs);
        // Without workers of its own: these would look for plates that nobody has.
        await using (var farm = await TestFarm.StartAsync(1, workers: 0)) await LeaseAsync(farm, workers, TimeSpan.FromSeconds(seconds));
        return 0;
    }

    private static async Task SubmitAsync(TestFarm farm, int jobs)
    {
        var plate = TestPlates.Write(Path.Combine(farm.Root, "plates"), "small", 96, 96, 1);
        var times = new Times();
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (job, cancellation) =>
            await times.Of(() => farm.Service.SubmitAsync(
                plate with { Alpha = Path.Combine(farm.Root, "plates", string.Create(CultureInfo.InvariantCulture, $"{job}.tif")), Project = $"project{job % 5}" }, cancellation)));
        Console.WriteLine($"{jobs} submissions from 20 clients in {Seconds(began):0.0} s: {times}");

        await Wait.UntilAsync("all jobs have ended", TimeSpan.FromMinutes(8), async () =>
        {
            var page = await farm.Service.ListAsync(new JobQuery { States = new HashSet<JobState> { JobState.Waiting, JobState.Running }, Limit = 1 }, CancellationToken.None);
            return page.Total == 0;
        });
        var done = await farm.Service.ListAsync(new JobQuery { States = new HashSet<JobState> { JobState.Succeeded }, Limit = 1 }, CancellationToken.None);
        Console.WriteLine($"{done.Total} succeeded after {Seconds(began):0.0} s");
    }

    private static async Task LeaseAsync(TestFarm farm, int workers, TimeSpan length)
    {
        var scheduler = farm.Client.Grains.GetGrain<ISchedulerGrain>(0);
        for (var round = 0; round < Rounds; round++)
        {
            await scheduler.Offer(RoundMessage.Of(new PatchRound
            {
                Job = string.Create(CultureInfo.InvariantCulture, $"load{round}"),
                Stage = "load",
                Project = $"project{round % 5}",
                Order = round,
                Patches = [.. Enumerable.Range(0, PatchesEach).Select(patch => new PatchTask(patch))],
            }));
        }
        var silo = (await farm.Client.Grains.GetGrain<IManagementGrain>(0).GetHosts(true)).Keys.First().ToParsableString();
        var (leases, queries) = (new Times(), new Times());
        using var stop = new CancellationTokenSource(length);
        var began = TimeProvider.System.GetTimestamp();
        var work = Enumerable.Range(0, workers).Select(worker => WorkAsync(scheduler, worker, silo, leases, stop.Token));
        await Task.WhenAll(work.Append(QueryAsync(farm, queries, stop.Token)));
        Console.WriteLine($"{workers} workers for {Seconds(began):0.0} s: {leases.Count / Seconds(began):0} leases a second; a lease took {leases}");
        Console.WriteLine($"status queries beside it: {queries}");
    }

    private static async Task WorkAsync(ISchedulerGrain scheduler, int worker, string silo, Times leases, CancellationToken stop)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"load/{worker}");
        var report = new WorkerReport(name, silo, 4, 0, [], []);
        while (!stop.IsCancellationRequested)
        {
            var lease = await leases.Of(() => scheduler.Exchange(report));
            if (lease is null) continue;
            await Task.Delay(Work, TimeProvider.System, CancellationToken.None);
            report = report with { Token = lease.Token, Done = lease.Patches };
        }
    }

    private static async Task QueryAsync(TestFarm farm, Times queries, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await queries.Of(() => farm.Service.ListAsync(new JobQuery { Limit = 50 }, CancellationToken.None));
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static double Seconds(long began) => TimeProvider.System.GetElapsedTime(began).TotalSeconds;

    private sealed class Times
    {
        private readonly List<double> _milliseconds = [];

        public int Count => _milliseconds.Count;

        public async Task<T> Of<T>(Func<Task<T>> call)
        {
            var began = TimeProvider.System.GetTimestamp();
            var answer = await call();
            lock (_milliseconds) _milliseconds.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            return answer;
        }

        public override string ToString()
        {
            var sorted = _milliseconds.Order().ToArray();
            double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
            return string.Create(CultureInfo.InvariantCulture, $"median {At(0.5):0.0} ms, 99th percentile {At(0.99):0.0} ms, most {sorted[^1]:0.0} ms");
        }
    }
}
