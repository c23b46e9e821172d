using System.CommandLine;
using DistributedMatting.Cli.Remote.Client;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cli.Remote.Commands;

/// <summary>What every command that talks to a service has.</summary>
internal static class RemoteCommand
{
    /// <summary>The job's argument.</summary>
    public static Argument<JobId> Job() => new("JOB")
    {
        Description = "The job, as 'matting submit' and 'matting ls' name it.",
        CustomParser = result =>
        {
            if (JobId.TryParse(result.Tokens[0].Value, out var id)) return id;
            result.AddError($"'{result.Tokens[0].Value}' is no job; a job's name is 16 lower-case hexadecimal digits");
            return default;
        },
    };

    /// <summary>Gives the command its service, and what it does there.</summary>
    public static Command With(this Command command, Func<MattingClient, ParseResult, CancellationToken, Task<int>> act)
    {
        var remote = new RemoteOptions();
        remote.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = remote.Connect(parsed);
            return await act(client, parsed, cancellation);
        });
        return command;
    }

    /// <summary>Where a file that the service must see lies; it has no current folder.</summary>
    /// <exception cref="InvalidInputException">It is empty.</exception>
    public static string FullPath(string name, string path) =>
        string.IsNullOrWhiteSpace(path) ? throw new InvalidInputException($"{name} is empty; name a file") : Path.GetFullPath(path);
}
