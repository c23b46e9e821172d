using System.CommandLine;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting bench</c>.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var command = new Command("bench", "") { CommonOptions.Json() };
        command.SetAction((parsed, cancellation) => throw new InvalidInputException("bench is not wired yet"));
        return command;
    }
}
