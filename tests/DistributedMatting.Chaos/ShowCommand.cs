using System.Globalization;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Chaos;

/// <summary><c>… -- show [silos] [port] [seconds]</c>: a farm to look at, with a dashboard on loopback; one plate after another is matted.</summary>
internal static class ShowCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
        var (silos, port, length) = (Number(0, 4), Number(1, 7800), TimeSpan.FromSeconds(Number(2, 600)));
        await using var farm = await TestFarm.StartAsync(
            choices => choices with { PatchMilliseconds = 60, Batch = null, DeadAfter = 15 },
            [.. Enumerable.Range(1, silos).Select(silo => new SiloChoices { Name = string.Create(CultureInfo.InvariantCulture, $"render{silo}"), Listen = silo == 1 ? port : null })]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        using var stop = new CancellationTokenSource(length);
        for (var plate = 0; !stop.IsCancellationRequested; plate++)
        {
            var submission = TestPlates.Write(Path.Combine(farm.Root, "plates"), string.Create(CultureInfo.InvariantCulture, $"shot{plate:000}"), 900, 700, plate);
            var id = (await farm.Service.SubmitAsync(submission, CancellationToken.None)).Job.Id;
            if (plate == 1 && silos > 1) await DrainAsync(farm.Service.Workers, silos);
            await farm.EndAsync(id, TimeSpan.FromMinutes(5));
        }
        return 0;
    }

    private static Task<WorkerStatus> DrainAsync(IWorkerPool workers, int last) =>
        workers.DrainAsync(string.Create(CultureInfo.InvariantCulture, $"render{last}#1"), CancellationToken.None);
}
