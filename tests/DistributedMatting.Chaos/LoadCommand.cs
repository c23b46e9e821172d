using System.Globalization;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Chaos.Measuring;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Scheduling;

namespace DistributedMatting.Chaos;

/// <summary>
/// <c>… -- load [workers] [seconds] [milliseconds]</c>: so many workers whose network is a timer against one scheduler, in a
/// process of its own, with status queries beside them. Reports how long leases and answers took.
/// </summary>
internal static class LoadCommand
{
    private const int Rounds = 500;
    private const int PatchesEach = 2000;

    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
        var (workers, length, work) = (Number(0, 2000), TimeSpan.FromSeconds(Number(1, 60)), TimeSpan.FromMilliseconds(Number(2, 2000)));
        // Without workers of its own: these would look for plates that nobody has.
        await using var farm = await TestFarm.StartAsync(choices => choices with { DeadAfter = 15 }, TestFarm.Alike(1, workers: 0));
        var scheduler = farm.Client.Grains.GetGrain<ISchedulerGrain>(0);
        for (var round = 0; round < Rounds; round++) await scheduler.Offer(Round(round));
        var job = await PausedAsync(farm);
        var silo = (await farm.Client.Grains.GetGrain<IManagementGrain>(0).GetHosts(true)).Keys.First().ToParsableString();

        var (leases, status, list) = (new Times(), new Times(), new Times());
        var before = MachineLoad.Now;
        using var stop = new CancellationTokenSource(length);
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(
            [
                .. Enumerable.Range(0, workers).Select(worker => WorkAsync(scheduler, worker, silo, work, leases, stop.Token)),
                AskAsync(status, () => farm.Service.StatusAsync(job, CancellationToken.None), stop.Token),
                AskAsync(list, () => farm.Service.ListAsync(new JobQuery { Limit = 50 }, CancellationToken.None), stop.Token),
            ]);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var state = await scheduler.Tick();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workers} workers, {work.TotalMilliseconds:0} ms a batch, {seconds:0.0} s; load {before} before, {MachineLoad.Now} after"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"leases: {leases.Count}, {leases.Count / seconds:0} a second; {leases}"));
        Console.WriteLine($"lost leases: {state.LeasesLost}, stale answers: {state.StaleAnswers}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"grain calls from outside: {(leases.Count + status.Count + list.Count) / seconds:0} a second"));
        Console.WriteLine($"status of a job beside it: {status}");
        Console.WriteLine($"list of jobs beside it: {list}");
        return 0;
    }

    private static RoundMessage Round(int round) => RoundMessage.Of(new PatchRound
    {
        Job = string.Create(CultureInfo.InvariantCulture, $"load{round}"),
        Stage = "load",
        Project = $"project{round % 5}",
        Order = round,
        Patches = [.. Enumerable.Range(0, PatchesEach).Select(patch => new PatchTask(patch))],
    });

    // A job that can be asked for, and that no worker takes anything of.
    private static async Task<JobId> PausedAsync(TestFarm farm)
    {
        var plate = TestPlates.Write(Path.Combine(farm.Root, "plates"), "small", 96, 96, 1);
        var id = (await farm.Service.SubmitAsync(plate, CancellationToken.None)).Job.Id;
        return (await farm.Service.ApplyAsync(id, JobVerb.Pause, CancellationToken.None)).Id;
    }

    private static async Task WorkAsync(ISchedulerGrain scheduler, int worker, string silo, TimeSpan work, Times leases, CancellationToken stop)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"load/{worker}");
        var report = new WorkerReport(name, silo, 4, 0, [], []);
        // Real workers do not start in the same moment.
        await Task.Delay(work * (worker % 1000 / 1000.0), CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            var lease = await leases.Of(() => scheduler.Exchange(report));
            if (lease is null) continue;
            await Task.Delay(work, TimeProvider.System, CancellationToken.None);
            report = report with { Token = lease.Token, Done = lease.Patches };
        }
    }

    private static async Task AskAsync<T>(Times times, Func<Task<T>> ask, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await times.Of(ask);
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
