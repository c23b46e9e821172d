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
    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
        var (model, rounds) = (Path.GetFullPath(args[0]), Number(1, 3));
        await using var farm = await MeasuredPlate.StartAsync(model, TestFarm.Alike(1));
        var plate = MeasuredPlate.Of(farm, args);
        var (alone, together, same) = (new List<double>(), new List<double>(), true);
        // The first of each is warm-up: compiled code, open sessions.
        for (var round = 0; round <= rounds; round++)
        {
            await MeasuredPlate.ClearedAsync(farm);
            var load = MachineLoad.Now;
            var began = TimeProvider.System.GetTimestamp();
            var expected = await TestPlates.MatteAsync(farm.Choices.Network(), plate, CancellationToken.None);
            var workstation = TimeProvider.System.GetElapsedTime(began).TotalSeconds;

            began = TimeProvider.System.GetTimestamp();
            var job = await MeasuredPlate.RunAsync(farm, plate);
            var silo = TimeProvider.System.GetElapsedTime(began).TotalSeconds;

            var equal = job.State == JobState.Succeeded && (await File.ReadAllBytesAsync(plate.Alpha)).AsSpan().SequenceEqual(expected);
            same &= equal;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round == 0 ? "warm-up" : $"round {round}")}: workstation {workstation:0.00} s, farm {silo:0.00} s, {(equal ? "same bytes" : $"OTHER BYTES {job.Error}")}; load {load}; {job.Report?.Seconds}"));
            if (round == 0) continue;
            alone.Add(workstation);
            together.Add(silo);
        }
        var (a, b) = (Times.Median(alone), Times.Median(together));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plate.Name}: workstation {a:0.00} s, farm {b:0.00} s, {b / a:0.00} times; {(same ? "same bytes" : "OTHER BYTES")}"));
        return same ? 0 : 1;
    }
}
