using System.Globalization;
using System.Net;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Scheduling;
using DistributedMatting.Imaging;
using DistributedMatting.Silo.Hosting;
using DistributedMatting.Silo.Plates;
using DistributedMatting.Web;
using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Chaos.Farm;

/// <summary>A silo as a process of its own: this very program, called with other words.</summary>
public static class SiloProcess
{
    public const string Word = "silo";
    public const string Up = "silo is up";

    /// <summary>Starts one; it is not in the farm yet.</summary>
    /// <param name="farm">What all silos share.</param>
    /// <param name="self">What is this one's own.</param>
    /// <param name="before">A program and its words that this one is started with, like <c>ip netns exec NAME</c>.</param>
    public static ChildProcess Start(FarmChoices farm, SiloChoices self, params string[] before)
    {
        string[] words = [.. before, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "exec", typeof(SiloProcess).Assembly.Location, Word, Text(farm), Text(self)];
        return ChildProcess.Start(words[0], words[1..]);
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> RunAsync(string[] words)
    {
        var (farm, self) = (Read<FarmChoices>(words[0]), Read<SiloChoices>(words[1]));
        var silo = new SiloOptions
        {
            Name = self.Name,
            Redis = farm.Redis,
            Advertise = IPAddress.Parse(self.Address),
            Roles = self.Roles,
            RoleNames = self.Roles.ToString().ToLower(CultureInfo.InvariantCulture),
            SiloPort = self.SiloPort,
            GatewayPort = self.GatewayPort,
            DeadAfter = TimeSpan.FromSeconds(farm.DeadAfter),
            OtlpCollector = farm.Collector is { } collector ? new Uri(collector) : null,
        };
        var options = new FarmOptions
        {
            Folder = farm.Folder,
            Workers = self.Workers,
            BandRows = 2,
            KeepWork = farm.KeepWork,
            Batch = farm.Batch,
            Scheduler = new SchedulerOptions { MaxLost = 20 },
        };
        if (farm.ObjectBytes is { } bytes) options = options with { ObjectBytes = bytes };
        using var host = FarmSilo.Build(silo, options, new FilePlates(farm.Network(), new ImageLimits(), TimeProvider.System));
        await using var web = self.Listen is { } port
            ? SiloWeb.Create(host, silo, new WebOptions { Listen = new IPEndPoint(IPAddress.Loopback, port), Roots = [Path.GetTempPath()] })
            : null;
        await host.StartAsync();
        if (web is not null) await web.StartAsync();
        Console.WriteLine(Up);
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static string Text<T>(T choices) => System.Text.Json.JsonSerializer.Serialize(choices, JobJson.Options);

    private static T Read<T>(string text) => System.Text.Json.JsonSerializer.Deserialize<T>(text, JobJson.Options)!;
}
