using System.Globalization;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Chaos.Measuring;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Chaos;

/// <summary>
/// <c>… -- jobs [jobs] [side] [seconds]</c>: so many plates of so many pixels a side are submitted within so many seconds to a farm of
/// two silos, a network of arithmetic in the place of a real one. None may be lost, and status queries are answered beside it.
/// </summary>
internal static class JobsCommand
{
    // Ten plates: who submits five hundred has not waited for five hundred to be rendered. Every job takes in its own.
    private const int Plates = 10;

    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
        var (jobs, side, within) = (Number(0, 500), Number(1, 1024), Number(2, 60));
        await using var farm = await TestFarm.StartAsync(choices => choices with { PatchSide = 320, Batch = null, DeadAfter = 15 }, TestFarm.Alike(2));
        var folder = Path.Combine(farm.Root, "plates");
        var plates = Enumerable.Range(0, Plates).Select(plate => TestPlates.Write(folder, string.Create(CultureInfo.InvariantCulture, $"plate{plate}"), side, side, plate)).ToArray();

        var (times, status, before) = (new Times(), new Times(), MachineLoad.Now);
        var began = TimeProvider.System.GetTimestamp();
        double Seconds() => TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var ids = new JobId[jobs];
        // At their times, and not one after another: a farm that is slow to answer is not spared the next.
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(async job =>
        {
            await Task.Delay(TimeSpan.FromSeconds(within * (double)job / jobs));
            var submission = plates[job % Plates] with { Alpha = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{job}.tif")), Project = $"project{job % 5}" };
            ids[job] = (await times.Of(() => farm.Service.SubmitAsync(submission, CancellationToken.None))).Job.Id;
        }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{jobs} submissions of {side}x{side} in {Seconds():0.0} s: {times}; load {before} before, {MachineLoad.Now} after"));

        var open = new JobQuery { States = new HashSet<JobState> { JobState.Waiting, JobState.Running }, Limit = 1 };
        await Wait.UntilAsync("all jobs have ended", TimeSpan.FromMinutes(40), async () =>
        {
            await status.Of(() => farm.Service.StatusAsync(ids[^1], CancellationToken.None));
            return (await farm.Service.ListAsync(open, CancellationToken.None)).Total == 0;
        });
        var ended = await Task.WhenAll(ids.Select(id => farm.Service.StatusAsync(id, CancellationToken.None)));
        var good = ended.Count(job => job.State == JobState.Succeeded && File.Exists(job.Submission.Alpha));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{good} of {jobs} succeeded, the last after {Seconds():0.0} s; {jobs - ids.Distinct().Count()} lost; load {MachineLoad.Now}"));
        Console.WriteLine($"status of a job beside it: {status}");
        foreach (var job in ended.Where(job => job.State != JobState.Succeeded).Take(5)) Console.WriteLine($"{job.Id} is {job.State}: {job.Error}");
        return good == jobs ? 0 : 1;
    }
}
