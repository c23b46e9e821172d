using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Web.Access.Limits;

/// <summary>How many jobs that have not ended a project may have. They are counted and submitted one after the other, so that two at once do not both get the last place.</summary>
internal sealed class ProjectQuotas(LimitOptions limits, IMattingService service) : IDisposable
{
    private static readonly HashSet<JobState> Open = [JobState.Waiting, JobState.Running, JobState.Paused];

    private readonly SemaphoreSlim _gate = new(1);

    /// <exception cref="JobConflictException">The project has its quota already.</exception>
    public async Task<JobReceipt> SubmitAsync(JobSubmission submission, CancellationToken cancellation)
    {
        var quota = limits.ProjectQuotas.TryGetValue(submission.Project, out var own) ? own : limits.ProjectQuota;
        if (quota is null) return await service.SubmitAsync(submission, cancellation);
        await _gate.WaitAsync(cancellation);
        try
        {
            if (await CountAsync(submission.Project, cancellation) >= quota && !await IsKnownAsync(submission, cancellation))
                throw new JobConflictException($"the project '{submission.Project}' has {quota} jobs that have not ended, which is its quota; wait for one, or cancel one");
            return await service.SubmitAsync(submission, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<int> CountAsync(string project, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var job in AllAsync(Open, project, cancellation)) count += job.Submission.Project == project ? 1 : 0;
        return count;
    }

    // A submission that is repeated takes no place.
    private async Task<bool> IsKnownAsync(JobSubmission submission, CancellationToken cancellation)
    {
        if (submission.Token is null) return false;
        await foreach (var job in AllAsync(new HashSet<JobState>(), submission.Project, cancellation))
            if (job.Submission.Token == submission.Token) return true;
        return false;
    }

    private IAsyncEnumerable<JobStatus> AllAsync(IReadOnlySet<JobState> states, string project, CancellationToken cancellation) =>
        AllJobs.OfAsync(service, new JobQuery { States = states, Project = project }, cancellation);
}
