using System.Globalization;
using DistributedMatting.Chaos.Farm;

namespace DistributedMatting.Chaos;

/// <summary>
/// <c>… -- cut [rounds] [seconds] [seed]</c>: two silos, one of them behind a cable of its own that is pulled out for so long
/// while a plate is matted. In network namespaces of its own; skipped by name where there are none.
/// </summary>
public static class CutCommand
{
    public const string Word = "cut";
    private const string Inside = "inside";

    // A silo that is cut off for so long is declared dead however busy the machine is; after a shorter cut it may go on.
    private const int SurelyDead = 20;

    internal static async Task<int> RunAsync(string[] args)
    {
        if (args is [Inside, .. var numbers]) return await RunInsideAsync(numbers);
        if (CutNetwork.Obstacle is { } obstacle)
        {
            Console.WriteLine($"skipped: {obstacle}");
            return 0;
        }
        using var inside = Start(args);
        await inside.EndAsync(TimeSpan.FromMinutes(30));
        Console.WriteLine(inside.Said);
        return inside.ExitCode;
    }

    /// <summary>Starts the rounds in a namespace of their own.</summary>
    public static ChildProcess Start(params string[] args)
    {
        string[] words = [.. CutNetwork.Prefix, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "exec", typeof(CutCommand).Assembly.Location, Word, Inside, .. args];
        return ChildProcess.Start(words[0], words[1..]);
    }

    private static async Task<int> RunInsideAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
        var (rounds, seconds, random) = (Number(0, 3), Number(1, 20), new Random(Number(2, 1)));
        using var network = await CutNetwork.CreateAsync();
        await using var farm = await TestFarm.StartAsync(choices => choices with { PatchMilliseconds = 40 }, TestFarm.Alike(1), network);
        var (bad, within) = (0, TimeSpan.Zero);
        for (var round = 0; round < rounds; round++)
        {
            // The one before has ended.
            var far = await farm.AddAsync(new SiloChoices(), far: true);
            if (round == 0) within = await ChaosRound.UndisturbedAsync(farm, 400);
            var outcome = await ChaosRound.RunAsync(farm, round, "cut", random, 400, within, CutAsync);
            Console.WriteLine($"round {round + 1}: {outcome.Text}{(outcome.IsGood ? "" : $"\n{farm.Said()}")}");
            if (!outcome.IsGood) bad++;
            far.Kill();

            async Task CutAsync()
            {
                await network.CutAsync();
                await Task.Delay(TimeSpan.FromSeconds(seconds));
                await network.MendAsync();
                if (seconds < SurelyDead) return;
                await Wait.UntilAsync("the silo that was cut off has ended", TimeSpan.FromSeconds(60), () => far.HasEnded, () => far.Said);
            }
        }
        Console.WriteLine($"{rounds - bad} of {rounds} rounds good");
        return bad == 0 ? 0 : 1;
    }
}
