using System.CommandLine;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var command = new Command("evaluate", "") { CommonOptions.Json() };
        command.SetAction((parsed, cancellation) => throw new InvalidInputException("evaluate is not wired yet"));
        return command;
    }
}
