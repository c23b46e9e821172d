namespace DistributedMatting.Core.Jobs.Service;

/// <summary>Which jobs to list. What is null or empty does not narrow the list.</summary>
public sealed record JobQuery
{
    /// <summary>Only jobs in one of these states.</summary>
    public IReadOnlySet<JobState> States { get; init; } = new HashSet<JobState>();

    /// <summary>Only this project, by its exact name.</summary>
    public string? Project { get; init; }

    /// <summary>Only these projects, by their exact names: those that the caller may see; null for all.</summary>
    public IReadOnlySet<string>? Projects { get; init; }

    /// <summary>Only this user's, by the exact name.</summary>
    public string? User { get; init; }

    /// <summary>Only jobs with this text in their id, name, plate, trimap, alpha, project, user or comment, in any case.</summary>
    public string? Text { get; init; }

    /// <summary>Jobs to leave out at the beginning, 0 or more.</summary>
    public int Offset { get; init; }

    /// <summary>Most jobs to give, 1 to <see cref="JobLimits.MaxPage"/>.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Throws unless every field lies within its limits.</summary>
    /// <exception cref="InvalidInputException">Names the field and what would be right.</exception>
    public void Validate()
    {
        JobLimits.Require("offset", Offset, 0, int.MaxValue);
        JobLimits.Require("limit", Limit, 1, JobLimits.MaxPage);
        JobLimits.RequireText("project", Project ?? "", JobLimits.MaxName);
        JobLimits.RequireText("user", User ?? "", JobLimits.MaxName);
        JobLimits.RequireText("text", Text ?? "", JobLimits.MaxName);
    }

    /// <summary>Whether a job is one of those asked for; the page is not looked at.</summary>
    public bool Matches(JobStatus job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var asked = job.Submission;
        if (States.Count > 0 && !States.Contains(job.State)) return false;
        if (!string.IsNullOrEmpty(Project) && Project != asked.Project) return false;
        if (Projects?.Contains(asked.Project) == false) return false;
        if (!string.IsNullOrEmpty(User) && User != asked.User) return false;
        if (string.IsNullOrEmpty(Text)) return true;
        string[] places = [job.Id.ToString(), asked.Name, asked.Plate, asked.Trimap ?? "", asked.Alpha, asked.Project, asked.User, asked.Comment];
        return places.Any(place => place.Contains(Text, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>One page of a list, newest submission first.</summary>
/// <param name="Jobs">The jobs of this page.</param>
/// <param name="Total">Jobs on all pages.</param>
public sealed record JobPage(IReadOnlyList<JobStatus> Jobs, int Total);
