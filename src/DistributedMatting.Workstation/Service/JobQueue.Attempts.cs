using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Workstation.Service;

/// <summary>The side of the queue that an engine's worker sees.</summary>
internal sealed partial class JobQueue
{
    /// <summary>Takes up the next job: the highest priority, then the first in. Null if none waits.</summary>
    public Attempt? TakeNext(CancellationToken shutdown)
    {
        lock (_gate)
        {
            var job = _jobs.Values
                .Where(job => job.Status.State == JobState.Waiting && job.Attempt is null)
                .OrderByDescending(job => job.Status.Submission.Priority)
                .ThenBy(job => job.Number)
                .FirstOrDefault();
            if (job is null) return null;

            Change(job, job.Status with
            {
                State = JobState.Running,
                StartedUtc = _clock.GetUtcNow(),
                Attempts = job.Status.Attempts + 1,
                Stages = [],
                Error = null,
            });
            return job.Attempt = new Attempt(job, shutdown);
        }
    }

    public PlateOrder Order(Attempt attempt) =>
        new(attempt.Job.Id, attempt.Job.Status.Submission, _folder.WorkFolder(attempt.Job.Id));

    /// <summary>Publishes progress, at most once in the options' interval, and whenever a stage is done.</summary>
    public void Report(Attempt attempt, StageProgress progress)
    {
        lock (_gate)
        {
            attempt.Take(progress);
            var job = attempt.Job;
            if (job.Attempt != attempt || job.Status.State != JobState.Running) return;
            var due = attempt.PublishedAt == 0 || _clock.GetElapsedTime(attempt.PublishedAt) >= _options.ProgressInterval;
            if (!due && progress.Done < progress.Total) return;
            attempt.PublishedAt = _clock.GetTimestamp();
            job.Become(job.Status with { Stages = attempt.Stages, Version = NextVersion(job.Status.Version) });
        }
    }

    /// <summary>The engine has left the job. What a person has wished meanwhile stands, but a finished alpha is finished.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="report">What was done, if it succeeded.</param>
    /// <param name="error">One sentence, if it failed; neither if it was stopped.</param>
    public void Finish(Attempt attempt, MattingReport? report, string? error)
    {
        lock (_gate)
        {
            var (job, before) = (attempt.Job, attempt.Job.Status);
            job.Attempt = null;
            try
            {
                if (report is not null && before.State != JobState.Cancelled) End(attempt, JobState.Succeeded, report, null);
                else if (error is not null && before.State == JobState.Running) End(attempt, JobState.Failed, null, error);
                // Only now: killed before, the next start finds the alpha to be this job's own.
                if (job.GivesUpWork || job.Status.State == JobState.Succeeded) _folder.DeleteWork(job.Id);
            }
            catch (Exception e) when (e is InvalidInputException or IOException or UnauthorizedAccessException)
            {
                // The disk is full: what has been done is not forgotten while this process lives.
                var state = report is null ? JobState.Failed : JobState.Succeeded;
                job.Become(before with { State = state, Report = report, Error = error ?? e.Message, Version = NextVersion(before.Version) });
            }
            finally
            {
                job.GivesUpWork = false;
            }
        }

        // Not under the lock: disposing waits for whoever is in the midst of cancelling, who may want the lock.
        attempt.Dispose();
        attempt.End();
    }

    private void End(Attempt attempt, JobState state, MattingReport? report, string? error) => Change(attempt.Job, attempt.Job.Status with
    {
        State = state,
        FinishedUtc = _clock.GetUtcNow(),
        Stages = attempt.Stages,
        Report = report,
        Error = error,
    });
}
