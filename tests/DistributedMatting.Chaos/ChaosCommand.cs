using System.Globalization;
using DistributedMatting.Chaos.Farm;

namespace DistributedMatting.Chaos;

/// <summary>
/// <c>dotnet run --project tests/DistributedMatting.Chaos -- [rounds] [silos] [seed] [model folder]</c>: a plate a round, and
/// in each round one thing goes wrong at a random moment of the time that a plate takes. Says after each what it did, and whether the alpha is the workstation's.
/// </summary>
internal static class ChaosCommand
{
    private static readonly string[] Kinds = ["kill", "kill", "kill", "pause", "redis", "term"];

    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
        var (rounds, silos, seed) = (Number(0, 30), Number(1, 4), Number(2, 1));
        var model = args.Length > 3 ? args[3] : null;
        var random = new Random(seed);
        await using var farm = await TestFarm.StartAsync(silos, model, patchMilliseconds: 40);
        var side = model is null ? 400 : 1000;
        var within = await ChaosRound.UndisturbedAsync(farm, side);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{silos} silos, seed {seed}, {(model ?? "network of arithmetic")}; undisturbed a plate takes {within.TotalSeconds:0.0} s"));
        var (bad, late) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var kind = Kinds[random.Next(Kinds.Length)];
            var outcome = await ChaosRound.RunAsync(farm, round, kind, random, side, within);
            Console.WriteLine($"round {round + 1}: {outcome.Text}");
            if (!outcome.IsGood) bad++;
            if (outcome.IsLate) late++;
            while (farm.Silos.Count(silo => !silo.HasEnded) < silos) await farm.AddAsync();
        }
        Console.WriteLine($"{rounds - bad} of {rounds} rounds good; in {late} the plate was done before the mishap");
        return bad == 0 ? 0 : 1;
    }
}
