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

var serve = new Command("serve", "The service's process; started by the clients'.") { milliseconds, events, burn, network };
serve.SetAction((parsed, cancellation) => LoadServer.RunAsync(
    TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds)), parsed.GetValue(events), new Burn(parsed.GetValue(burn), parsed.GetValue(network)), cancellation));
var root = new RootCommand("Measures the service under many clients.") { jobs, clients, watchers, pollers, milliseconds, events, burn, network, curve, serve };
root.SetAction(async (parsed, cancellation) =>
{
    string[] model = parsed.GetValue(network) is { } folder ? ["--network", folder] : [];
    await using var server = await ServerProcess.StartAsync(
        ["serve", "--job-ms", $"{parsed.GetValue(milliseconds)}", "--events", $"{parsed.GetValue(events)}", "--burn", $"{parsed.GetValue(burn)}", .. model]);
    var run = new LoadRun(server.Address, server.Folder, parsed.GetValue(jobs), parsed.GetValue(clients), parsed.GetValue(watchers), parsed.GetValue(pollers), parsed.GetValue(events));
    var report = await run.RunAsync(cancellation);
    foreach (var line in report.Lines()) Console.WriteLine(line);
    if (parsed.GetValue(curve) is { } csv) MemoryCurve.Write(csv.FullName, report);
    return report.IsGood ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();

static Option<int> Whole(string name, string help, int standard) =>
    new(name) { Description = $"{help} (default {standard}).", DefaultValueFactory = _ => standard };
