using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Remote;

namespace DistributedMatting.Cli.Output;

/// <summary>The usual help, and below it the command's exit codes and examples.</summary>
internal sealed class MoreHelp(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["matting"] =
        [
            "matting demo", "matting run plate.tif trimap.png -o alpha.tif",
            "matting serve --root /studio/plates", "matting submit plate.tif trimap.png -o alpha.tif --wait",
        ],
        ["run"] =
        [
            "matting run plate.tif trimap.png -o alpha.tif", "matting run plate-with-alpha.tif -o alpha.tif --depth float --force",
            "matting run plate.tif trimap.png -o alpha.tif --threads 2 --memory 600M --job-dir /scratch/shot042",
        ],
        ["demo"] = ["matting demo", "matting demo --size 2000 --seed 7 -o demo-small"],
        ["evaluate"] = ["matting evaluate DIR    # DIR/image, DIR/alpha, DIR/trimap1", "matting evaluate DIR --method closed-form --trimap trimap2 -o evaluate-closed-form"],
        ["bench"] = ["matting bench --size 2000", "matting bench --plate plate.tif --trimap trimap.png --rounds 1"],
        ["info"] = ["matting info", "matting info --json"],
        ["serve"] =
        [
            "matting serve --root /studio/plates", "matting serve --root /studio/plates --root /studio/mattes --listen 10.0.0.7:7700 --keys keys.json",
        ],
        ["keys"] = ["matting keys add anna --keys keys.json --role submitter", "matting keys list --keys keys.json", "matting keys remove anna --keys keys.json"],
        ["submit"] =
        [
            "matting submit /studio/a.tif /studio/a-trimap.png -o /studio/a-alpha.tif", "matting submit a.tif a-trimap.png --upload --wait -o a-alpha.tif --server http://farm:7700",
        ],
        ["ls"] = ["matting ls", "matting ls --state running,waiting --project dune"],
        ["get"] = ["matting get 0123456789abcdef -o alpha.tif"],
    };

    public override bool ClearsParseErrors => help.ClearsParseErrors;

    // Commands that can wait for a job, and what their success means.
    private static readonly Dictionary<string, string> Success = new()
    {
        ["submit"] = "the job is submitted; with --wait, it has succeeded",
        ["watch"] = "the job has succeeded",
    };

    /// <summary>Adds them to the help of every command below.</summary>
    public static RootCommand AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new MoreHelp((SynchronousCommandLineAction)option.Action!);
        return root;
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(ExitCodes.Help(command.Options.Any(option => option.Name == RemoteOptions.ServerOption), Success.GetValueOrDefault(command.Name)));
        output.WriteLine();
        if (!Examples.TryGetValue(command is RootCommand ? "matting" : command.Name, out var lines)) return code;
        output.WriteLine(lines.Length == 1 ? "Example:" : "Examples:");
        foreach (var line in lines) output.WriteLine("  " + line);
        output.WriteLine();
        return code;
    }
}
