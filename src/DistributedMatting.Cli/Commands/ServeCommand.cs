using System.CommandLine;
using System.Net;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Models;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Serve;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting serve</c>: this machine as a matting service.</summary>
internal static class ServeCommand
{
    private const string StandardListen = "127.0.0.1:7700";

    public static Command Create()
    {
        var listen = ListenOption.Create("Address and port to listen on; port 0 takes a free one.");
        listen.DefaultValueFactory = _ => IPEndPoint.Parse(StandardListen);
        var roots = new Option<string[]>("--root")
        {
            Description = "A folder that plates, trimaps and mattes may be in; may be given more than once (default: the current folder).",
            HelpName = "DIR",
        };
        var data = new Option<string>("--data")
        {
            Description = "Where the queue and unfinished jobs are kept: a folder of the service's own.",
            HelpName = "DIR",
            DefaultValueFactory = _ => ServeFolders.StandardData,
        };
        var megapixels = CommonOptions.MaxMegapixels();
        var matting = new MattingOptions();
        var access = new ServeAccess(uploads: true);

        var command = new Command("serve", "Takes jobs over HTTP and mattes them one after another; stopped and started again, it goes on.")
        {
            listen, roots, data, megapixels,
        };
        access.AddTo(command);
        matting.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var model = LoadedModel.Load(matting.Read(parsed));
            await MattingServer.RunAsync(
                new ServeChoices
                {
                    Listen = parsed.GetValue(listen)!,
                    Roots = parsed.GetValue(roots) is { Length: > 0 } named ? named : [Environment.CurrentDirectory],
                    Data = parsed.GetRequiredValue(data),
                    MaxMegapixels = parsed.GetValue(megapixels) ?? CommonOptions.StandardMaxMegapixels,
                    Web = access.Read(parsed),
                },
                model.Model,
                cancellation);
            return ExitCodes.Ok;
        });
        return command;
    }
}
