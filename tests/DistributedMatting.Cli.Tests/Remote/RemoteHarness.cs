using System.Net;
using System.Text.Json.Nodes;
using DistributedMatting.Web;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Keys;
using DistributedMatting.Web.Uploads;
using DistributedMatting.Workstation.Service;
using DistributedMatting.Workstation.Testing;
using Microsoft.AspNetCore.Builder;

namespace DistributedMatting.Cli.Tests.Remote;

/// <summary>A real service over an engine that mattes nothing, and the real command line against it.</summary>
internal sealed class RemoteHarness : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-remote-");
    private readonly WorkstationMattingService _service;
    private readonly WebApplication _app;

    private RemoteHarness()
    {
        Plate = Path.Combine(_folder.CreateSubdirectory("plates").FullName, "plate.tif");
        File.WriteAllText(Plate, "a plate");
        File.WriteAllText(KeyFile, new KeyFile(Path.Combine(_folder.FullName, "keys.json")).Add("ora", Role.Operator, null, TimeProvider.System) + "\n");
        _service = WorkstationMattingService.Open(
            new WorkstationServiceOptions { Folder = Path.Combine(_folder.FullName, "queue"), ProgressInterval = TimeSpan.Zero }, Engine, TimeProvider.System);
        _app = MattingWeb.Create(new WebOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Roots = [Path.GetDirectoryName(Plate)!],
            Access = new AccessOptions { KeyFile = Path.Combine(_folder.FullName, "keys.json") },
            Uploads = new UploadOptions { Folder = Path.Combine(_folder.FullName, "uploads") },
        }, _service, TimeProvider.System);
    }

    public FakeEngine Engine { get; } = new();

    public string Plate { get; }

    public string Alpha => Plate + ".alpha.tif";

    public string KeyFile => Path.Combine(_folder.FullName, "key");

    public string Server => _app.Urls.Single();

    public static async Task<RemoteHarness> StartAsync()
    {
        var harness = new RemoteHarness();
        await harness._app.StartAsync();
        return harness;
    }

    public Task<Matting.Result> RunAsync(params string[] arguments) => Matting.RunAsync([.. arguments, "--server", Server, "--key-file", KeyFile]);

    /// <summary>Runs, and gives the one JSON object.</summary>
    public async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonNode.Parse(result.Output)!;
    }

    /// <summary>Submits and gives the job's name.</summary>
    public async Task<string> SubmitAsync()
    {
        var result = await RunAsync("submit", Plate, "-o", Alpha);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _service.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
