using System.Net.Sockets;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Imaging;
using DistributedMatting.Web;
using DistributedMatting.Web.Uploads;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Service;

namespace DistributedMatting.Cli.Serve;

/// <summary>A workstation's engine, its queue and the REST API, in one process.</summary>
internal static class MattingServer
{
    /// <summary>Serves until it is cancelled. The plate in work is left between two patches, and goes on at the next start.</summary>
    /// <exception cref="InvalidInputException">It cannot listen, or a folder will not do.</exception>
    public static async Task RunAsync(ServeChoices choices, MattingModel model, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        ServeFolders.Prepare(choices.Data, choices.Web.Access.KeyFile);
        var images = new ImageLimits { MaxMegapixels = choices.MaxMegapixels };
        var engine = new PlateEngine(model, images, clock);
        var queue = new WorkstationServiceOptions
        {
            Folder = ServeFolders.Queue(choices.Data),
            Images = images,
            Devices = [new WorkerDevice(model.DeviceName, model.DeviceKind)],
        };
        await using var service = WorkstationMattingService.Open(queue, engine, clock, Say, bug => Say(bug.ToString()));
        await using var web = MattingWeb.Create(choices.ToWeb(), service, clock);
        try
        {
            await web.StartAsync(cancellation);
            await MattingWeb.WarmAsync(web, cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await web.StopAsync(CancellationToken.None); // or what runs beside it calls its own end a fault
            throw ListenError.Of(choices.Listen, e);
        }

        Console.WriteLine($"matting serves {string.Join(", ", choices.Roots.Select(Path.GetFullPath))} at {web.Urls.Single()} with {model.Name} on {model.Device}; Ctrl-C stops it");
        await UntilAsync(cancellation);
        await web.StopAsync(CancellationToken.None);
    }

    private static WebOptions ToWeb(this ServeChoices choices) => new()
    {
        Listen = choices.Listen,
        Roots = choices.Roots,
        Closed = [choices.Data],
        Access = choices.Web.Access with { SessionFolder = ServeFolders.Sessions(choices.Data) },
        Limits = choices.Web.Limits,
        OtlpCollector = choices.Web.OtlpCollector,
        Uploads = new UploadOptions { Folder = ServeFolders.Uploads(choices.Data), MaxBytes = choices.Web.MaxUploadBytes, TotalBytes = choices.Web.TotalUploadBytes },
    };

    private static void Say(string line) => Console.Error.WriteLine(line);

    private static async Task UntilAsync(CancellationToken cancellation)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(end.SetResult);
        await end.Task;
    }
}
