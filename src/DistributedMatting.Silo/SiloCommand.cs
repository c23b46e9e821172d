using System.CommandLine;
using System.Net;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Serve;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core;
using DistributedMatting.Imaging;
using DistributedMatting.Silo.Hosting;
using DistributedMatting.Silo.Plates;
using DistributedMatting.Web;
using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Silo;

/// <summary>The command line of a silo.</summary>
internal static class SiloCommand
{
    private static readonly Option<string> Folder = new("--folder") { Description = "Shared folder: the same files on all silos", Required = true };
    private static readonly Option<string> Model = new("--model") { Description = "The model's folder; the same model on all silos", Required = true };
    private static readonly Option<string> Device = new("--device") { Description = "cpu, cuda or cuda:n; cpu or cuda on the whole farm", DefaultValueFactory = _ => "cpu" };
    private static readonly Option<string> Cluster = new("--cluster") { Description = "Name of the farm", DefaultValueFactory = _ => new SiloOptions().Cluster };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of this silo, for people; left out: the machine's, and the port" };
    private static readonly Option<string> Advertise = new("--advertise") { Description = "IP address at which other silos reach this one", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<int> SiloPort = new("--silo-port") { Description = "Port for other silos", DefaultValueFactory = _ => new SiloOptions().SiloPort };
    private static readonly Option<int> GatewayPort = new("--gateway-port") { Description = "Port for clients", DefaultValueFactory = _ => new SiloOptions().GatewayPort };
    private static readonly Option<string[]> Role = new("--role") { Description = "coordinator, cpu or gpu; may be given more than once; left out: all" };
    private static readonly Option<int> Workers = new("--workers") { Description = "Workers on this silo", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Batch = new("--batch") { Description = "Patches that a worker takes at once; left out: as its memory and speed allow" };
    private static readonly Option<IPEndPoint?> Listen = ListenOption.Create("Where the REST API and the dashboard are; left out: nowhere");
    private static readonly Option<string[]> Root = new("--root") { Description = "Folder that clients may name files in; may be given more than once" };

    private static readonly Option<int?> DeadAfter = Limits.Whole("--dead-after", "Seconds without an answer after which a silo is declared dead, the same on all silos; default 3", 1, 300);
    private static readonly Option<string?> Pictures = new("--pictures") { Description = "Folder for the pictures of jobs that are looked at, up to 4 GiB, this silo's alone; left out: in the shared folder" };

    private static readonly ServeAccess Access = new(uploads: false);

    public static RootCommand Create()
    {
        var command = new RootCommand("A silo of a matting farm: any number of them matte one plate together.")
        {
            Folder, Model, Device, Cluster, Name, Advertise, SiloPort, GatewayPort, Role, Workers, Batch, DeadAfter, Listen, Root, Pictures,
        };
        RedisChoices.AddTo(command);
        Access.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var access = Access.Read(parsed);
        var roles = parsed.GetValue(Role) ?? [];
        var silo = RedisChoices.Read(parsed, new SiloOptions
        {
            Cluster = parsed.GetValue(Cluster)!,
            Name = parsed.GetValue(Name),
            Advertise = IPAddress.TryParse(parsed.GetValue(Advertise), out var address) ? address : throw new InvalidInputException($"--advertise {parsed.GetValue(Advertise)} is no IP address"),
            SiloPort = parsed.GetValue(SiloPort),
            GatewayPort = parsed.GetValue(GatewayPort),
            Roles = Roles(roles),
            RoleNames = roles.Length > 0 ? string.Join('+', roles) : "all",
            OtlpCollector = access.OtlpCollector,
            DeadAfter = parsed.GetValue(DeadAfter) is { } seconds ? TimeSpan.FromSeconds(seconds) : new SiloOptions().DeadAfter,
            Pictures = parsed.GetValue(Pictures) is { } pictures ? FullPath("--pictures", pictures) : null,
        });
        var farm = new FarmOptions { Folder = FullPath("--folder", parsed.GetValue(Folder)!), Workers = parsed.GetValue(Workers), Batch = parsed.GetValue(Batch) };
        // The processors that this process may use, which a container's limit bounds.
        Codecs.LimitThreads(Environment.ProcessorCount);
        var plates = new FilePlates(FarmModel.Open(parsed.GetValue(Model)!, parsed.GetValue(Device)!), new ImageLimits(), TimeProvider.System);
        using var host = FarmSilo.Build(silo, farm, plates);
        await using var web = parsed.GetValue(Listen) is { } listen
            ? SiloWeb.Create(host, silo, new WebOptions
            {
                Listen = listen,
                Roots = parsed.GetValue(Root) ?? [],
                Closed = [farm.Folder],
                Access = access.Access with { SessionFolder = Path.Combine(farm.Folder, "sessions") },
                Limits = access.Limits,
            })
            : null;
        if (await SiloStart.RunAsync(host, silo, farm.Folder, web is null ? null : (web, parsed.GetValue(Listen)!), cancellation) is { } ended) return ended;
        Console.WriteLine($"silo {silo.Advertise}:{silo.SiloPort} of {silo.Cluster} is up");
        await host.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static string FullPath(string option, string text) =>
        text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal) ? Path.GetFullPath(text) : throw new InvalidInputException($"{option} '{text}' is no folder's path");

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
