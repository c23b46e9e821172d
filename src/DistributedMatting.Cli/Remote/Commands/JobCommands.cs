using System.CommandLine;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Cli.Remote.Client;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cli.Remote.Commands;

/// <summary>The commands that are about one job: look at it, change it.</summary>
internal static class JobCommands
{
    public static Command Status() => About("status", "Shows a job as it stands.", (client, id, _, cancellation) => client.StatusAsync(id, cancellation));

    public static Command Priority()
    {
        var priority = Limits.WholeArgument("N", "The highest goes first", 0, JobLimits.MaxPriority);
        return About("priority", "Sets a job's priority.", (client, id, parsed, cancellation) => client.SetPriorityAsync(id, parsed.GetRequiredValue(priority), cancellation), priority);
    }

    public static Command Comment()
    {
        var text = new Argument<string>("TEXT") { Description = "What is to be remembered; an empty text removes it." };
        return About("comment", "Sets a job's comment.", (client, id, parsed, cancellation) => client.SetCommentAsync(id, parsed.GetRequiredValue(text), cancellation), text);
    }

    public static Command Delete()
    {
        var (job, json) = (RemoteCommand.Job(), CommonOptions.Json());
        return new Command("delete", "Forgets a job that has ended. Its alpha stays, unless the service has kept it itself.") { job, json }.With(async (client, parsed, cancellation) =>
        {
            var id = parsed.GetRequiredValue(job);
            await client.DeleteAsync(id, cancellation);
            if (parsed.GetValue(json)) JsonOutput.Write(JsonOutput.Object(new Deleted(id)));
            return ExitCodes.Ok;
        });
    }

    public static Command Watch()
    {
        var job = RemoteCommand.Job();
        var json = new Option<bool>("--json") { Description = "One JSON object a line on standard output for every change." };
        return new Command("watch", "Shows a job until it has ended.") { job, json }.With(async (client, parsed, cancellation) =>
        {
            var id = parsed.GetRequiredValue(job);
            if (parsed.GetValue(json)) return JobWait.CodeOf(await JobWait.WriteAsync(client, id, cancellation));
            return JobWait.Tell(await Screens.RunAsync(screen => JobWait.ShowAsync(client, id, screen, cancellation)), json: false);
        });
    }

    private sealed record Deleted(JobId Id);

    public static Command Verb(JobVerb verb, string help) =>
        About(verb.ToString().ToLowerInvariant(), help, (client, id, _, cancellation) => client.ApplyAsync(id, verb, cancellation));

    private static Command About(
        string name, string help, Func<MattingClient, JobId, ParseResult, CancellationToken, Task<JobStatus>> act, params Argument[] more)
    {
        var (job, json) = (RemoteCommand.Job(), CommonOptions.Json());
        var command = new Command(name, help) { job, json };
        foreach (var argument in more) command.Add(argument);
        return command.With(async (client, parsed, cancellation) =>
        {
            var status = await act(client, parsed.GetRequiredValue(job), parsed, cancellation);
            if (parsed.GetValue(json)) JobWait.Write(status);
            else foreach (var line in JobText.Lines(status)) Console.Out.WriteLine(line);
            return ExitCodes.Ok;
        });
    }
}
