using System.Globalization;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Results;

namespace DistributedMatting.Workstation.Service;

/// <summary>The side of the queue that an engine's worker sees.</summary>
internal sealed partial class JobQueue
{
    private volatile QueuedJob? _inWork;

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
            }, $"taken up, attempt {job.Status.Attempts + 1}");
            _inWork = job;
            return job.Attempt = new Attempt(job, shutdown);
        }
    }

    /// <summary>The job that an engine is at; null if none.</summary>
    public QueuedJob? InWork => _inWork;

    /// <summary>Where the patches of a job stand that an engine is at; null if none is, or it has not cut the plate yet.</summary>
    public PatchRecord? PatchesInWork(JobId id) => Find(id).Attempt?.Patches;

    /// <summary>The next job to be taken up whose unknown pixels nobody has counted; null if there is none.</summary>
    /// <param name="but">Jobs of which it cannot be said.</param>
    public JobStatus? NextUncounted(IReadOnlySet<JobId> but)
    {
        lock (_gate)
        {
            return _jobs.Values
                .Where(job => job.Status is { State: JobState.Waiting, UnknownPixels: null } && job.Attempt is null && !but.Contains(job.Id))
                .MinBy(job => (-job.Status.Submission.Priority, job.Number))?.Status;
        }
    }

    /// <summary>Takes note of a job's unknown pixels. It is written down with the next change of state: it can be counted again.</summary>
    public void Counted(JobId id, long unknownPixels)
    {
        lock (_gate)
        {
            if (_jobs.GetValueOrDefault(id) is { } job && job.Status.UnknownPixels != unknownPixels)
                Show(job, job.Status with { UnknownPixels = unknownPixels, Version = NextVersion() });
        }
    }

    /// <summary>The same, unless it has been counted meanwhile: what an engine has counted, it has seen.</summary>
    public void Surveyed(JobId id, long unknownPixels)
    {
        lock (_gate)
        {
            if (_jobs.GetValueOrDefault(id)?.Status.UnknownPixels is null) Counted(id, unknownPixels);
        }
    }

    public PlateOrder Order(Attempt attempt) =>
        new(attempt.Job.Id, attempt.Job.Status.Submission, _folder.WorkFolder(attempt.Job.Id));

    /// <summary>Publishes progress, at most once in the options' interval, and whenever a stage is done.</summary>
    public void Report(Attempt attempt, StageProgress progress)
    {
        lock (_gate)
        {
            var job = attempt.Job;
            if (attempt.Take(progress)) Log(job.Id, Words(progress));
            if (job.Attempt != attempt || job.Status.State != JobState.Running) return;
            var due = attempt.PublishedAt == 0 || _clock.GetElapsedTime(attempt.PublishedAt) >= _options.ProgressInterval;
            if (!due && progress.Done < progress.Total) return;
            attempt.PublishedAt = _clock.GetTimestamp();
            Show(job, job.Status with { Stages = attempt.Stages, Version = NextVersion() });
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
            (job.Attempt, _inWork) = (null, null);
            try
            {
                if (report is not null) End(attempt, JobState.Succeeded, report, null);
                else if (error is not null && before.State == JobState.Running) End(attempt, JobState.Failed, null, error);
                // Only now: killed before, the next start finds the alpha to be this job's own.
                if (job.GivesUpWork) _folder.ForgetWork(job.Id);
                else if (job.Status.State == JobState.Succeeded) _folder.DeleteWork(job.Id);
            }
            catch (Exception e) when (e is InvalidInputException or IOException or UnauthorizedAccessException)
            {
                // The disk is full: what has been done is not forgotten while this process lives.
                var state = report is null ? JobState.Failed : JobState.Succeeded;
                Show(job, before with { State = state, Report = report, Error = error ?? e.Message, Version = NextVersion() });
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

    private void End(Attempt attempt, JobState state, MattingReport? report, string? error)
    {
        Change(attempt.Job, attempt.Job.Status with
        {
            State = state,
            FinishedUtc = _clock.GetUtcNow(),
            Stages = attempt.Stages,
            Report = report,
            Error = error,
        }, report is null
            ? $"failed: {error}"
            : string.Create(CultureInfo.InvariantCulture, $"succeeded: {report.PatchesInferred} patches inferred, {report.PatchesReused} reused, {report.PatchesKnown} known, {report.Seconds.Total:0.0} s"));
    }

    private static string Words(StageProgress stage) => string.Create(CultureInfo.InvariantCulture,
        $"{stage.Stage.ToString().ToLowerInvariant()}: {stage.Total} {stage.Unit} in {stage.Elapsed.TotalSeconds:0.0} s{(stage.Reused > 0 ? $", {stage.Reused} were there" : "")}");
}
