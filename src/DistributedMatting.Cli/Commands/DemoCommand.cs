using System.CommandLine;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("demo", "") { CommonOptions.Json() };
        command.SetAction((parsed, cancellation) => throw new InvalidInputException("demo is not wired yet"));
        return command;
    }
}
