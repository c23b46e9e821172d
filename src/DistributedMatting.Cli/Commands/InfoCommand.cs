using System.CommandLine;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting info</c>.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var command = new Command("info", "") { CommonOptions.Json() };
        command.SetAction((parsed, cancellation) => throw new InvalidInputException("info is not wired yet"));
        return command;
    }
}
