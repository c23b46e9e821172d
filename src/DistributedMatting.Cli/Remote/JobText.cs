using System.Globalization;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cli.Remote;

/// <summary>A job in words.</summary>
internal static class JobText
{
    public static string State(JobStatus job) => job.State.ToString().ToLowerInvariant();

    /// <summary>matte 61 %, 0:12 left; nothing where nothing is known.</summary>
    public static string Progress(JobStatus job)
    {
        if (job.State.HasEnded() || job.Stages is not [.., var stage] || stage.Total == 0) return "";
        var percent = string.Create(CultureInfo.InvariantCulture, $"{Step(stage).Name} {100 * stage.Done / stage.Total} %");
        return stage.SecondsLeft is { } left and < 1e6 ? $"{percent}, {Output.Step.Duration(TimeSpan.FromSeconds(left))} left" : percent;
    }

    /// <summary>A stage as <c>run</c> shows it.</summary>
    public static Step Step(StageStatus stage) => Output.Step.Of(new StageProgress(stage.Stage, stage.Done, stage.Total, stage.Unit, TimeSpan.FromSeconds(stage.Seconds)));

    /// <summary>All that a person wants to know of it.</summary>
    public static IEnumerable<string> Lines(JobStatus job)
    {
        var asked = job.Submission;
        yield return $"{job.Id} {State(job)}{Comma(Progress(job))}";
        yield return $"  name      {asked.Name}{(asked.Project.Length > 0 ? $" ({asked.Project})" : "")}";
        yield return $"  plate     {asked.Plate}";
        if (asked.Trimap is { } trimap) yield return $"  trimap    {trimap}";
        yield return $"  alpha     {asked.Alpha}";
        yield return $"  asked     {Time(job.SubmittedUtc)}{(asked.User.Length > 0 ? $" by {asked.User}" : "")}, priority {asked.Priority.ToString(CultureInfo.InvariantCulture)}";
        if (job.StartedUtc is { } started) yield return $"  taken up  {Time(started)}{(job.Attempts > 1 ? $", {job.Attempts.ToString(CultureInfo.InvariantCulture)} times" : "")}";
        if (job.FinishedUtc is { } finished) yield return $"  ended     {Time(finished)}";
        if (job.Patches is { } patches && !job.State.HasEnded())
            yield return string.Create(CultureInfo.InvariantCulture, $"  patches   {patches.Waiting} waiting, {patches.Encoded} encoded, {patches.Matted} matted");
        if (asked.Comment.Length > 0) yield return $"  comment   {asked.Comment.ReplaceLineEndings(" ")}{(job.CommentedUtc is { } edited ? $" (edited {Time(edited)} by {job.CommentedBy})" : "")}";
        if (job.Error is { } error) yield return $"  error     {error}";
        if (job.Report is null) yield break;
        foreach (var line in ReportText.Lines(job.Report)) yield return "  " + line;
    }

    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Comma(string text) => text.Length > 0 ? ", " + text : "";
}
