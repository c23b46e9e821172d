using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.AspNetCore.Mvc;

namespace DistributedMatting.Web.Jobs;

/// <summary>The query part of a list's address.</summary>
/// <param name="State">States, with commas between them: waiting, running, paused, succeeded, failed, cancelled.</param>
/// <param name="Project">The project's exact name.</param>
/// <param name="User">The user's exact name.</param>
/// <param name="Text">Text to look for.</param>
/// <param name="Offset">Jobs to leave out at the beginning.</param>
/// <param name="Limit">Most jobs to give, 1 to 500; 50 if it is left out.</param>
internal sealed record JobFilter(
    [FromQuery(Name = "state")] string? State, [FromQuery(Name = "project")] string? Project, [FromQuery(Name = "user")] string? User,
    [FromQuery(Name = "text")] string? Text, [FromQuery(Name = "offset")] int? Offset, [FromQuery(Name = "limit")] int? Limit)
{
    /// <exception cref="InvalidInputException">A state is none.</exception>
    public JobQuery ToQuery() => new()
    {
        States = (State ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Known).ToHashSet(),
        Project = Project,
        User = User,
        Text = Text,
        Offset = Offset ?? 0,
        Limit = Limit ?? new JobQuery().Limit,
    };

    private static JobState Known(string name)
    {
        // Enum.TryParse would take numbers too.
        foreach (var state in Enum.GetValues<JobState>())
            if (name.Equals(state.ToString(), StringComparison.OrdinalIgnoreCase)) return state;
        throw new InvalidInputException("state is none of waiting, running, paused, succeeded, failed, cancelled");
    }
}
