using System.Threading.Channels;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Dashboard.Testing.Pictures;

namespace DistributedMatting.Dashboard.Testing.Jobs;

/// <summary>Jobs that stand where a test puts them. Every change is told to all watchers.</summary>
public sealed class FakeJobs
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, JobStatus> _jobs = [];
    private long _version;

    /// <summary>Every change since the beginning.</summary>
    internal EventLog Events { get; } = new();

    public IReadOnlyList<JobStatus> All
    {
        get
        {
            lock (_gate) return [.. _jobs.Values.OrderByDescending(job => job.SubmittedUtc)];
        }
    }

    public JobStatus this[JobId id]
    {
        get
        {
            lock (_gate) return _jobs.TryGetValue(id, out var job) ? job : throw new JobNotFoundException(id);
        }
    }

    public JobStatus Add(JobSubmission submission, TimeSpan ago = default)
    {
        var name = submission.Name.Length > 0 ? submission.Name : Path.GetFileName(submission.Plate);
        return Put(new JobStatus
        {
            Id = JobId.Create(),
            Submission = submission with { Name = name },
            State = JobState.Waiting,
            Version = 0,
            SubmittedUtc = DateTimeOffset.UtcNow - ago,
        });
    }

    /// <summary>How all jobs stand, as a watcher hears it first: as many of the newest as a page of jobs has.</summary>
    public object Snapshot() => new { jobs = All.Take(JobLimits.MaxPage), total = All.Count };

    /// <summary>What came after an event, and what comes; null for the event begins with the snapshot.</summary>
    internal ChannelReader<string> Watch(int? seen)
    {
        // Locks are taken in the order in which a change takes them: the jobs', then the events'.
        lock (_gate) return Events.Watch(seen, Snapshot);
    }

    /// <summary>Tells all watchers how all jobs stand.</summary>
    public void TellAll() => Events.Add("snapshot", Snapshot());

    public JobStatus Change(JobId id, Func<JobStatus, JobStatus> change)
    {
        lock (_gate) return Put(change(this[id]));
    }

    public void Delete(JobId id)
    {
        lock (_gate)
        {
            this[id].State.RequireDeletable(id);
            _jobs.Remove(id);
        }

        Events.Add("deleted", new { id });
    }

    /// <summary>Takes a job up, and brings it to a point: 0 is its beginning, 0.3 the first matted patch, 1 the end of stitching.</summary>
    public JobStatus Run(JobId id, double point)
    {
        var queries = PatchMap.Queries.Length;
        var encoded = (int)(queries * Math.Clamp((point - 0.1) / 0.3, 0, 1));
        var matted = (int)(queries * Math.Clamp((point - 0.3) / 0.7, 0, 1));
        List<StageStatus> stages = [new(MattingStage.Ingest, Scene.Height, Scene.Height, "rows", 1.4, 0)];
        if (point > 0.05) stages.Add(new(MattingStage.Priors, 60, 60, "steps", 2.1, 0));
        if (point > 0.1) stages.Add(new(MattingStage.Encode, encoded, queries, "patches", 40 * (point - 0.1), point < 0.4 ? 100 * (0.4 - point) : 0));
        if (point > 0.3)
        {
            stages.Add(new(MattingStage.Rank, queries, queries, "patches", 0.2, 0));
            stages.Add(new(MattingStage.Matte, matted, queries, "patches", 60 * (point - 0.3), 90 * (1 - point)));
            stages.Add(new(MattingStage.Stitch, (int)(Scene.Height * (point - 0.3) / 0.7), Scene.Height, "rows", 60 * (point - 0.3), null));
        }

        return Change(id, job => job with
        {
            State = JobState.Running,
            StartedUtc = job.StartedUtc ?? DateTimeOffset.UtcNow,
            Attempts = Math.Max(1, job.Attempts),
            Stages = stages,
        });
    }

    public JobStatus Finish(JobId id)
    {
        Run(id, 1);
        return Change(id, job => job with { State = JobState.Succeeded, StartedUtc = DateTimeOffset.UtcNow.AddSeconds(-21.3), FinishedUtc = DateTimeOffset.UtcNow, Report = Reports.Finished() });
    }

    public JobStatus Fail(JobId id, string error) =>
        Change(id, job => job with { State = JobState.Failed, FinishedUtc = DateTimeOffset.UtcNow, Error = error });

    public JobStatus Apply(JobId id, JobVerb verb) => Change(id, job =>
    {
        var after = job.State.After(verb, id);
        if (after == job.State) return job;
        var ended = after.HasEnded() ? DateTimeOffset.UtcNow : (DateTimeOffset?)null;
        return job with { State = after, FinishedUtc = ended, Error = after == JobState.Waiting ? null : job.Error };
    });

    private JobStatus Put(JobStatus job)
    {
        lock (_gate)
        {
            job = job with { Version = ++_version };
            _jobs[job.Id] = job;
            Events.Add("job", job);
            return job;
        }
    }
}
