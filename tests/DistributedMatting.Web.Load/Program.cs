using System.CommandLine;
using DistributedMatting.Web.Load;

var jobs = Whole("--jobs", "Jobs that are submitted", 200);
var clients = Whole("--clients", "Clients that submit them at once", 20);
var watchers = Whole("--watchers", "Clients that watch all jobs", 500);
var pollers = Whole("--pollers", "Clients that ask for statuses, one after another", 4);
var milliseconds = Whole("--job-ms", "How long a job takes, in milliseconds", 50);
var events = Whole("--events", "Changes of progress that a job tells", 4);
var burn = Whole("--burn", "Threads of the service that compute all the time, as inference does", 0);
var network = new Option<string?>("--network") { Description = "A model's folder: what computes is its encoder; without it, arithmetic." };
var curve = new Option<FileInfo?>("--memory-curve") { Description = "Where the service's memory over the run is written as CSV; a picture of it, SVG, beside." };
var timeline = new Option<bool>("--timeline") { Description = "Says second by second how long status queries took." };

var serve = new Command("serve", "The service's process; started by the clients'.") { milliseconds, events, burn, network };
serve.SetAction((parsed, cancellation) => LoadServer.RunAsync(
    TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds)), parsed.GetValue(events), new Burn(parsed.GetValue(burn), parsed.GetValue(network)), cancellation));
var address = new Option<string>("--address") { Description = "The service's.", Required = true };
var watch = new Command("watch", "The watchers' process; started by the clients'.") { address, watchers, jobs };
watch.SetAction((parsed, cancellation) => new Watchers(new Uri(parsed.GetRequiredValue(address)), parsed.GetValue(watchers), parsed.GetValue(jobs)).RunAsync(cancellation));
var root = new RootCommand("Measures the service under many clients.") { jobs, clients, watchers, pollers, milliseconds, events, burn, network, curve, timeline, serve, watch };
root.SetAction(async (parsed, cancellation) =>
{
    string[] model = parsed.GetValue(network) is { } folder ? ["--network", folder] : [];
    await using var server = ChildProcess.Start(
        ["serve", "--job-ms", $"{parsed.GetValue(milliseconds)}", "--events", $"{parsed.GetValue(events)}", "--burn", $"{parsed.GetValue(burn)}", .. model]);
    var said = (await server.HearAsync()).Split(' ', 2);
    await using var watching = ChildProcess.Start("watch", "--address", said[0], "--watchers", $"{parsed.GetValue(watchers)}", "--jobs", $"{parsed.GetValue(jobs)}");
    var run = new LoadRun(new Uri(said[0]), said[1], watching, parsed.GetValue(jobs), parsed.GetValue(clients), parsed.GetValue(watchers), parsed.GetValue(pollers), parsed.GetValue(events));
    var outside = await run.RunAsync(cancellation);
    var cpu = outside.Cpu with { Service = server.Cpu.TotalSeconds };
    server.End();
    var report = outside with { Inside = Times.Parse(await server.HearAsync()), Cpu = cpu };
    foreach (var line in report.Lines()) Console.WriteLine(line);
    if (parsed.GetValue(timeline)) foreach (var line in report.Timeline()) Console.WriteLine(line);
    if (parsed.GetValue(curve) is { } csv) MemoryCurve.Write(csv.FullName, report);
    return report.IsGood ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();

static Option<int> Whole(string name, string help, int standard) =>
    new(name) { Description = $"{help} (default {standard}).", DefaultValueFactory = _ => standard };
