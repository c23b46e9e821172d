using System.Globalization;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Scheduling;
using DistributedMatting.Imaging;
using DistributedMatting.Silo.Hosting;
using DistributedMatting.Silo.Plates;
using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Chaos.Farm;

/// <summary>A silo as a process of its own: this very program, called with other words.</summary>
public static class SiloProcess
{
    public const string Word = "silo";
    public const string Up = "silo is up";

    /// <summary>Starts one; it is not in the farm yet.</summary>
    /// <param name="farm">What all silos share.</param>
    /// <param name="workers">Of this one.</param>
    /// <param name="roles">Of this one.</param>
    public static ChildProcess Start(FarmChoices farm, int workers, SiloRoles roles) => ChildProcess.Start(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "exec", typeof(SiloProcess).Assembly.Location, Word,
        farm.Folder, farm.Redis, farm.Model ?? "", farm.PatchMilliseconds.ToString(CultureInfo.InvariantCulture),
        workers.ToString(CultureInfo.InvariantCulture), roles.ToString(),
        Ports.Free().ToString(CultureInfo.InvariantCulture), Ports.Free().ToString(CultureInfo.InvariantCulture));

    /// <summary>The process itself.</summary>
    public static async Task<int> RunAsync(string[] words)
    {
        var farm = new FarmChoices
        {
            Folder = words[0],
            Redis = words[1],
            Model = words[2].Length > 0 ? words[2] : null,
            PatchMilliseconds = int.Parse(words[3], CultureInfo.InvariantCulture),
        };
        var silo = new SiloOptions
        {
            Redis = farm.Redis,
            Roles = Enum.Parse<SiloRoles>(words[5]),
            SiloPort = int.Parse(words[6], CultureInfo.InvariantCulture),
            GatewayPort = int.Parse(words[7], CultureInfo.InvariantCulture),
        };
        var options = new FarmOptions
        {
            Folder = farm.Folder,
            Workers = int.Parse(words[4], CultureInfo.InvariantCulture),
            BandRows = 2,
            KeepWork = true,
            Scheduler = new SchedulerOptions { MaxLost = 20 },
        };
        using var host = FarmSilo.Build(silo, options, new FilePlates(farm.Network(), new ImageLimits(), TimeProvider.System));
        await host.StartAsync();
        Console.WriteLine(Up);
        await host.WaitForShutdownAsync();
        return 0;
    }
}

/// <summary>What the silos of a farm share.</summary>
public sealed record FarmChoices
{
    public required string Folder { get; init; }

    public required string Redis { get; init; }

    /// <summary>A model's folder; null for the network of arithmetic.</summary>
    public string? Model { get; init; }

    /// <summary>How slow the network of arithmetic is.</summary>
    public int PatchMilliseconds { get; init; }

    public FarmModel Network() => Model is null ? TestPlates.Fake(TimeSpan.FromMilliseconds(PatchMilliseconds)) : FarmModel.Open(Model, "cpu");
}
