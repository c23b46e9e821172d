using System.CommandLine;
using System.CommandLine.Invocation;
using DistributedMatting.Cli.Commands;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Output;
using DistributedMatting.Cli.Remote.Commands;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cli;

/// <summary>The command line as a whole: the commands, and what happens around every one of them.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; gives the exit code of <see cref="ExitCodes"/>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Action is ParseErrorAction || (parsed.Action is not MoreHelp && ParseFailure.OptionAsArgument(parsed) is not null))
            return Failures.Report(ParseFailure.Of(parsed));

        using var interrupt = new Interrupt();
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                interrupt.Token);
        }
        catch (Exception e)
        {
            return Failures.Report(e, resumes: parsed.CommandResult.Command.Name is "run" or "demo");
        }
    }

    private static RootCommand Root() => MoreHelp.AddTo(new RootCommand("Alpha mattes of huge plates: never resampled, no seams.")
    {
        RunCommand.Create(),
        DemoCommand.Create(),
        EvaluateCommand.Create(),
        BenchCommand.Create(),
        InfoCommand.Create(),
        ServeCommand.Create(),
        KeysCommand.Create(),
        SubmitCommand.Create(),
        ListCommand.Create(),
        JobCommands.Status(),
        JobCommands.Watch(),
        GetCommand.Create(),
        JobCommands.Verb(JobVerb.Pause, "Holds a job; finished patches are kept."),
        JobCommands.Verb(JobVerb.Resume, "Lets a held job go on."),
        JobCommands.Verb(JobVerb.Cancel, "Stops a job for good; finished patches are given up."),
        JobCommands.Verb(JobVerb.Retry, "Tries a failed or cancelled job again."),
        JobCommands.Priority(),
        JobCommands.Comment(),
        JobCommands.Delete(),
    });
}
