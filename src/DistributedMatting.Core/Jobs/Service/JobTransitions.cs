namespace DistributedMatting.Core.Jobs.Service;

/// <summary>Which verb goes with which state: the same for every engine.</summary>
public static class JobTransitions
{
    /// <summary>Whether a job in this state will change no more unless a person asks for it.</summary>
    public static bool HasEnded(this JobState state) =>
        state is JobState.Succeeded or JobState.Failed or JobState.Cancelled;

    /// <summary>
    /// The state after a verb. A verb whose end is reached already changes nothing, so that a repeated
    /// request is answered like the first.
    /// </summary>
    /// <exception cref="JobConflictException">The verb does not go with the state.</exception>
    public static JobState After(this JobState state, JobVerb verb, JobId id) => (verb, state) switch
    {
        (JobVerb.Pause, JobState.Waiting or JobState.Running or JobState.Paused) => JobState.Paused,
        (JobVerb.Resume, JobState.Paused) => JobState.Waiting,
        (JobVerb.Resume, JobState.Waiting or JobState.Running) => state,
        (JobVerb.Cancel, JobState.Succeeded) => throw Conflict(id, state, "there is nothing left to cancel"),
        (JobVerb.Cancel, _) => JobState.Cancelled,
        (JobVerb.Retry, JobState.Failed or JobState.Cancelled) => JobState.Waiting,
        (JobVerb.Retry, JobState.Waiting or JobState.Running) => state,
        (JobVerb.Pause, _) => throw Conflict(id, state, "only a waiting or running job can be paused"),
        (JobVerb.Resume, _) => throw Conflict(id, state, "only a paused job can be resumed; retry is for failed and cancelled ones"),
        (JobVerb.Retry, _) => throw Conflict(id, state, "only a failed or cancelled job can be retried"),
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    /// <summary>Throws unless a job in this state may be deleted.</summary>
    /// <exception cref="JobConflictException">It has not ended.</exception>
    public static void RequireDeletable(this JobState state, JobId id)
    {
        if (!state.HasEnded()) throw Conflict(id, state, "cancel it before it is deleted");
    }

    /// <summary>Whether the job has still to write this alpha.</summary>
    public static bool Writes(this JobStatus job, string alpha)
    {
        ArgumentNullException.ThrowIfNull(job);
        return !job.State.HasEnded() && job.Submission.Alpha == alpha;
    }

    /// <summary>Throws where another job has still to write the submission's alpha: the later one would replace the earlier one's.</summary>
    /// <param name="asked">The submission that is about to wait.</param>
    /// <param name="writer">The job that <see cref="Writes"/> its alpha; the default where none does.</param>
    /// <exception cref="JobConflictException">There is one.</exception>
    public static void RequireFreeAlpha(this JobSubmission asked, JobId writer)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (writer == default) return;
        throw new JobConflictException($"job {writer} has not ended and writes {asked.Alpha}; name another alpha, or wait for that job or cancel it");
    }

    private static JobConflictException Conflict(JobId id, JobState state, string right) =>
        new($"job {id} {Words(state)}; {right}");

    private static string Words(JobState state) => state switch
    {
        JobState.Waiting => "is waiting",
        JobState.Running => "is running",
        JobState.Paused => "is paused",
        JobState.Succeeded => "has succeeded",
        JobState.Failed => "has failed",
        _ => "was cancelled",
    };
}
