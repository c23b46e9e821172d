using System.Collections.Concurrent;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Events;
using DistributedMatting.Workstation.Results;

namespace DistributedMatting.Workstation.Service;

/// <summary>
/// All jobs, in memory and on disk. A change is on disk before it is in memory, so that nothing is ever
/// answered that a killed process would forget; progress alone is in memory only. Who only looks never waits for
/// the disk.
/// </summary>
internal sealed partial class JobQueue
{
    // One change at a time, from its place on disk to its place in memory.
    private readonly Lock _gate = new();

    // What memory shows and the feed tells are one; nothing is written under it.
    private readonly Lock _shown = new();
    private readonly ConcurrentDictionary<JobId, QueuedJob> _jobs = [];
    private readonly ConcurrentDictionary<string, QueuedJob> _tokens = new(StringComparer.Ordinal);
    private readonly QueueFolder _folder;
    private readonly WorkstationServiceOptions _options;
    private readonly TimeProvider _clock;
    private long _lastNumber;
    private long _lastVersion;
    private long _lastShown;
    private JobSnapshot? _snapshot;

    public JobQueue(QueueFolder folder, WorkstationServiceOptions options, TimeProvider clock, Action<string> warn)
    {
        (_folder, _options, _clock) = (folder, options, clock);
        foreach (var file in folder.Load(warn)) Recall(file);
        Feed.BeginAfter(_lastShown = NextVersion());
    }

    /// <summary>What happens to the jobs.</summary>
    public JobFeed Feed { get; } = new();

    /// <summary>The highest number that an event has; a watcher who names a higher one has it from somewhere else.</summary>
    public long LastEvent => Interlocked.Read(ref _lastShown);

    /// <summary>The newest jobs, and the number up to which every event is in them.</summary>
    public JobSnapshot Snapshot()
    {
        lock (_shown)
        {
            // After a lost connection everybody asks at once; it is the same until something happens.
            if (_snapshot?.Number != _lastShown) _snapshot = new JobSnapshot(_lastShown, List(new JobQuery { Limit = JobLimits.MaxPage }));
            return _snapshot;
        }
    }

    public string PatchesPath(JobId id) => _folder.PatchesPath(id);

    public string LogPath(JobId id) => _folder.LogPath(id);

    /// <summary>Writes a line into a job's log, for those who look at the job.</summary>
    public void Log(JobId id, string line)
    {
        lock (_gate)
        {
            // A job may be deleted while its attempt says its last.
            if (_jobs.ContainsKey(id)) JobLogFile.Add(_folder.LogPath(id), _clock.GetUtcNow(), line);
        }
    }

    /// <exception cref="JobNotFoundException">There is none.</exception>
    public QueuedJob Find(JobId id) => _jobs.GetValueOrDefault(id) ?? throw new JobNotFoundException(id);

    public JobPage List(JobQuery query)
    {
        var matching = _jobs.Values.OrderByDescending(job => job.Number).Select(job => job.Status).Where(query.Matches).ToArray();
        return new JobPage([.. matching.Skip(query.Offset).Take(query.Limit)], matching.Length);
    }

    /// <summary>The job that has the submission's token, or null.</summary>
    /// <exception cref="JobConflictException">It is another submission's.</exception>
    public JobStatus? Known(JobSubmission submission)
    {
        if (submission.Token is null || !_tokens.TryGetValue(submission.Token, out var job)) return null;
        if (IsSame(job.Status.Submission, submission)) return job.Status;
        throw new JobConflictException($"the token belongs to job {job.Id}, which asks for something else; draw another token");
    }

    /// <exception cref="InvalidInputException">The queue or the disk is full.</exception>
    /// <exception cref="JobConflictException">A job that has not ended writes the same alpha.</exception>
    public JobReceipt Add(JobSubmission submission)
    {
        lock (_gate)
        {
            if (Known(submission) is { } known) return new JobReceipt(known, IsNew: false);
            if (_jobs.Count >= _options.MaxJobs)
                throw new InvalidInputException($"the queue is full with {_options.MaxJobs} jobs; delete some that have ended");
            RequireFreeAlpha(submission, default);

            var now = _clock.GetUtcNow();
            var status = new JobStatus
            {
                Id = JobId.Create(),
                Submission = submission,
                State = JobState.Waiting,
                Version = NextVersion(),
                SubmittedUtc = now,
            };
            _folder.Save(_lastNumber + 1, status);
            Tell(new JobChanged(status.Version, status), () => Keep(new QueuedJob(++_lastNumber, status)));
            Log(status.Id, "submitted");
            return new JobReceipt(status, IsNew: true);
        }
    }

    public JobStatus Apply(JobId id, JobVerb verb)
    {
        lock (_gate)
        {
            var job = Find(id);
            var before = job.Status;
            var state = before.State.After(verb, id);
            if (state == before.State) return before;
            if (before.State.HasEnded() && !state.HasEnded()) RequireFreeAlpha(before.Submission, id);

            Change(job, before with
            {
                State = state,
                FinishedUtc = state.HasEnded() ? _clock.GetUtcNow() : null,
                Error = null,
                // What was cancelled begins anew: nothing of it is done.
                Stages = before.State == JobState.Cancelled ? [] : before.Stages,
            }, verb switch { JobVerb.Pause => "paused", JobVerb.Resume => "resumed", JobVerb.Cancel => "cancelled", _ => "to be tried again" });
            if (before.State == JobState.Running) job.Attempt?.Stop();
            if (state == JobState.Cancelled) GiveUpWork(job);
            return job.Status;
        }
    }

    public JobStatus Edit(JobId id, Func<JobStatus, JobStatus> edit)
    {
        lock (_gate)
        {
            var job = Find(id);
            var edited = edit(job.Status);
            if (edited.Submission != job.Status.Submission) Change(job, edited);
            return job.Status;
        }
    }

    /// <summary>Deletes the job, or gives what must end before that can be.</summary>
    public Task? Delete(JobId id)
    {
        lock (_gate)
        {
            var job = Find(id);
            job.Status.State.RequireDeletable(id);
            if (job.Attempt is { } attempt) return attempt.Ended;

            _folder.Delete(id);
            Tell(new JobDeleted(NextVersion(), id, job.Status.Submission.Project), () =>
            {
                _jobs.TryRemove(id, out _);
                if (job.Status.Submission.Token is { } token) _tokens.TryRemove(token, out _);
                job.MarkDeleted();
            });
            return null;
        }
    }

    private void RequireFreeAlpha(JobSubmission asked, JobId own) =>
        asked.RequireFreeAlpha(_jobs.Values.Select(job => job.Status).FirstOrDefault(job => job.Id != own && job.Writes(asked.Alpha))?.Id ?? default);

    // A token's job may have been given another priority or comment since.
    private static bool IsSame(JobSubmission a, JobSubmission b) => a with { Priority = b.Priority, Comment = b.Comment } == b;

    private void Recall(QueueFile file)
    {
        var job = file.Job;
        _lastVersion = Math.Max(_lastVersion, job.Version);
        // Its process was killed or shut down: the queue goes on with it, from its finished patches.
        if (job.State == JobState.Running)
        {
            job = job with { State = JobState.Waiting, Stages = [], Version = NextVersion() };
            JobLogFile.Add(_folder.LogPath(job.Id), _clock.GetUtcNow(), "the service had ended in the midst of it; it waits again");
        }

        if (job.State == JobState.Cancelled) _folder.ForgetWork(job.Id);
        if (job.State == JobState.Succeeded) _folder.DeleteWork(job.Id);
        _lastNumber = Math.Max(_lastNumber, file.Number);
        Keep(new QueuedJob(file.Number, job));
    }

    private void Keep(QueuedJob job)
    {
        _jobs[job.Id] = job;
        if (job.Status.Submission.Token is { } token) _tokens[token] = job;
    }

    // Whoever is told finds the line in the log: it is written in between.
    private void Change(QueuedJob job, JobStatus status, string? line = null)
    {
        status = status with { Version = NextVersion() };
        _folder.Save(job.Number, status);
        if (line is not null) Log(job.Id, line);
        Show(job, status);
    }

    private void Show(QueuedJob job, JobStatus status) => Tell(new JobChanged(status.Version, status), () => job.Become(status));

    private void Tell(JobEvent happened, Action show)
    {
        lock (_shown)
        {
            show();
            // First: who has been told an event must not find that it is higher than the last.
            Interlocked.Exchange(ref _lastShown, happened.Number);
            Feed.Add(happened);
        }
    }

    private void GiveUpWork(QueuedJob job)
    {
        job.GivesUpWork = job.Attempt is not null;
        if (!job.GivesUpWork) _folder.ForgetWork(job.Id);
    }

    // Microseconds, so that a version is not given twice even when a killed process forgot some, and fits a double.
    private long NextVersion() =>
        _lastVersion = Math.Max(_lastVersion + 1, (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}
