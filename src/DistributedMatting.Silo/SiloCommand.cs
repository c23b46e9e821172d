using System.CommandLine;
using System.Net;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Imaging;
using DistributedMatting.Silo.Hosting;
using DistributedMatting.Silo.Plates;
using DistributedMatting.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Silo;

/// <summary>The command line of a silo.</summary>
internal static class SiloCommand
{
    private static readonly Option<string> Folder = new("--folder") { Description = "Shared folder: the same files on all silos", Required = true };
    private static readonly Option<string> Model = new("--model") { Description = "The model's folder; the same model on all silos", Required = true };
    private static readonly Option<string> Device = new("--device") { Description = "cpu, cuda or cuda:n; cpu or cuda on the whole farm", DefaultValueFactory = _ => "cpu" };
    private static readonly Option<string?> Redis = new("--redis") { Description = "Redis of the farm, HOST:PORT and options; left out: this silo alone" };
    private static readonly Option<string> Cluster = new("--cluster") { Description = "Name of the farm", DefaultValueFactory = _ => new SiloOptions().Cluster };
    private static readonly Option<string> Advertise = new("--advertise") { Description = "IP address at which other silos reach this one", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<int> SiloPort = new("--silo-port") { Description = "Port for other silos", DefaultValueFactory = _ => new SiloOptions().SiloPort };
    private static readonly Option<int> GatewayPort = new("--gateway-port") { Description = "Port for clients", DefaultValueFactory = _ => new SiloOptions().GatewayPort };
    private static readonly Option<string[]> Role = new("--role") { Description = "coordinator, cpu or gpu; may be given more than once; left out: all", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Workers = new("--workers") { Description = "Workers on this silo", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Batch = new("--batch") { Description = "Patches that a worker takes at once", DefaultValueFactory = _ => 4 };
    private static readonly Option<string?> Listen = new("--listen") { Description = "ADDRESS:PORT of the REST API and the dashboard; left out: none" };
    private static readonly Option<string[]> Root = new("--root") { Description = "Folder that clients may name files in; may be given more than once", AllowMultipleArgumentsPerToken = true };

    public static RootCommand Create()
    {
        var command = new RootCommand("A silo of a matting farm: any number of them matte one plate together.")
        {
            Folder, Model, Device, Redis, Cluster, Advertise, SiloPort, GatewayPort, Role, Workers, Batch, Listen, Root,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var silo = new SiloOptions
        {
            Cluster = parsed.GetValue(Cluster)!,
            Redis = parsed.GetValue(Redis),
            Advertise = IPAddress.TryParse(parsed.GetValue(Advertise), out var address) ? address : throw new InvalidInputException($"--advertise {parsed.GetValue(Advertise)} is no IP address"),
            SiloPort = parsed.GetValue(SiloPort),
            GatewayPort = parsed.GetValue(GatewayPort),
            Roles = Roles(parsed.GetValue(Role) ?? []),
        };
        var farm = new FarmOptions { Folder = Path.GetFullPath(parsed.GetValue(Folder)!), Workers = parsed.GetValue(Workers), Batch = parsed.GetValue(Batch) };
        var plates = new FilePlates(FarmModel.Open(parsed.GetValue(Model)!, parsed.GetValue(Device)!), new ImageLimits(), TimeProvider.System);
        using var host = FarmSilo.Build(silo, farm, plates);
        await host.StartAsync(cancellation);
        await using var web = await WebAsync(parsed, host, cancellation);
        Console.WriteLine($"silo {silo.Advertise}:{silo.SiloPort} of {silo.Cluster} is up");
        await host.WaitForShutdownAsync(cancellation);
    }

    private static async Task<IAsyncDisposable?> WebAsync(ParseResult parsed, IHost host, CancellationToken cancellation)
    {
        if (parsed.GetValue(Listen) is not { } listen) return null;
        if (!IPEndPoint.TryParse(listen, out var endpoint)) throw new InvalidInputException($"--listen {listen} is no ADDRESS:PORT");
        var options = new WebOptions { Listen = endpoint, Roots = parsed.GetValue(Root) ?? [] };
        var web = MattingWeb.Create(options, host.Services.GetRequiredService<IMattingService>(), TimeProvider.System);
        await web.StartAsync(cancellation);
        return web;
    }

    private static SiloRoles Roles(string[] names)
    {
        if (names.Length == 0) return SiloRoles.All;
        return names.Aggregate((SiloRoles)0, (roles, name) => roles | name switch
        {
            "coordinator" => SiloRoles.Coordinator,
            "cpu" or "gpu" => SiloRoles.Worker,
            _ => throw new InvalidInputException($"--role {name} is unknown; it must be coordinator, cpu or gpu"),
        });
    }
}
