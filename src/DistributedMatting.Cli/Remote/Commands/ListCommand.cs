using System.CommandLine;
using System.Globalization;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using Spectre.Console;

namespace DistributedMatting.Cli.Remote.Commands;

/// <summary><c>matting ls</c>: the service's jobs, newest first.</summary>
internal static class ListCommand
{
    private const int StandardLimit = 50;

    public static Command Create()
    {
        var states = new Option<string?>("--state") { Description = "Only jobs that are waiting, running, paused, succeeded, failed or cancelled; several with commas.", HelpName = "STATE,..." };
        var project = new Option<string?>("--project") { Description = "Only this project.", HelpName = "NAME" };
        var user = new Option<string?>("--user") { Description = "Only this user's.", HelpName = "NAME" };
        var text = new Option<string?>("--text") { Description = "Only jobs with this text in their name, files, project, user or comment.", HelpName = "TEXT" };
        var limit = Limits.Whole("--limit", $"Most jobs to show; default {StandardLimit}", 1, JobLimits.MaxPage);
        var offset = Limits.Whole("--offset", "Jobs to leave out at the beginning; default 0", 0, int.MaxValue);
        var json = CommonOptions.Json();
        return new Command("ls", "Lists the service's jobs, newest first.") { states, project, user, text, limit, offset, json }.With(async (client, parsed, cancellation) =>
        {
            var page = await client.ListAsync(new JobQuery
            {
                States = States(parsed.GetValue(states)),
                Project = parsed.GetValue(project),
                User = parsed.GetValue(user),
                Text = parsed.GetValue(text),
                Limit = parsed.GetValue(limit) ?? StandardLimit,
                Offset = parsed.GetValue(offset) ?? 0,
            }, cancellation);
            if (parsed.GetValue(json)) JsonOutput.Write(JsonOutput.Object(page));
            else Print(page);
            return ExitCodes.Ok;
        });
    }

    private static HashSet<JobState> States(string? words)
    {
        var states = new HashSet<JobState>();
        foreach (var word in (words ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var known = Enum.GetValues<JobState>().Where(state => word.Equals(state.ToString(), StringComparison.OrdinalIgnoreCase)).ToArray();
            if (known is not [var one]) throw new InvalidInputException($"--state '{word}' is not known: it takes waiting, running, paused, succeeded, failed, cancelled");
            states.Add(one);
        }

        return states;
    }

    private static void Print(JobPage page)
    {
        if (page.Jobs.Count == 0)
        {
            Console.Out.WriteLine("no jobs");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("job", "state", "prio", "name", "project", "user", "asked");
        table.Columns[0].NoWrap();
        foreach (var job in page.Jobs)
        {
            var progress = JobText.Progress(job);
            string[] cells =
            [
                job.Id.ToString(), JobText.State(job) + (progress.Length > 0 ? $": {progress}" : ""), job.Submission.Priority.ToString(CultureInfo.InvariantCulture),
                job.Submission.Name, job.Submission.Project, job.Submission.User, JobText.Time(job.SubmittedUtc),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        Screens.WriteTable(table);
        if (page.Total > page.Jobs.Count) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{page.Jobs.Count} of {page.Total}"));
    }
}
