using DistributedMatting.Core.Jobs.Service.Events;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Core.Jobs.Service;

/// <summary>
/// A matting service, whatever engine stands behind it: one workstation or a cluster. The one seam between
/// fronts (command line, REST API) and engines. All of it may be called from many threads at once.
/// What has been answered is on disk: it survives the process.
/// Every call that names a job throws <see cref="JobNotFoundException"/> where there is none.
/// </summary>
public interface IMattingService
{
    /// <summary>What can be seen of jobs.</summary>
    IJobResults Results { get; }

    /// <summary>Who works them off.</summary>
    IWorkerPool Workers { get; }

    /// <summary>Puts a job into the queue. Its files are opened for their headers before it is taken.</summary>
    /// <exception cref="InvalidInputException">A field or file will not do, or the queue is full.</exception>
    /// <exception cref="JobConflictException">The token belongs to a job with another submission.</exception>
    Task<JobReceipt> SubmitAsync(JobSubmission submission, CancellationToken cancellation);

    /// <summary>A job as it stands.</summary>
    Task<JobStatus> StatusAsync(JobId id, CancellationToken cancellation);

    /// <summary>The jobs that match, newest submission first, one page of them.</summary>
    /// <exception cref="InvalidInputException">A field of the query is out of its limits.</exception>
    Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellation);

    /// <summary>
    /// A job as it stands, then as it changes. Progress comes a few times a second at most, and a watcher who
    /// is slow is not told what lay between. Ends when the job has ended or is deleted.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="seen">The <see cref="JobStatus.Version"/> that the watcher has already, which is not told again; null for none.</param>
    /// <param name="cancellation">Ends the watch.</param>
    IAsyncEnumerable<JobStatus> WatchAsync(JobId id, long? seen, CancellationToken cancellation);

    /// <summary>
    /// What happens to all jobs, until it is cancelled. Each event tells how a job stands now, so a watcher who is
    /// slow is not told what lay between.
    /// </summary>
    /// <param name="seen">The <see cref="JobEvent.Number"/> that the watcher saw last; null for none. Without it, or where it was too long ago, a <see cref="JobSnapshot"/> comes first.</param>
    /// <param name="cancellation">Ends the watch.</param>
    IAsyncEnumerable<JobEvent> WatchAllAsync(long? seen, CancellationToken cancellation);

    /// <summary>Pauses, resumes, cancels or retries a job, by the rules of <see cref="JobTransitions"/>.</summary>
    /// <returns>The job in its new state.</returns>
    /// <exception cref="JobConflictException">The verb does not go with the job's state.</exception>
    Task<JobStatus> ApplyAsync(JobId id, JobVerb verb, CancellationToken cancellation);

    /// <summary>Sets a job's priority, 0 to 100. A plate that is being worked on stays where it is.</summary>
    /// <exception cref="InvalidInputException">The priority is out of its limits.</exception>
    Task<JobStatus> SetPriorityAsync(JobId id, int priority, CancellationToken cancellation);

    /// <summary>Sets a job's comment, and notes when that was. The same words again change nothing.</summary>
    /// <param name="id">The job.</param>
    /// <param name="comment">Up to 2000 characters; empty takes it away.</param>
    /// <param name="author">Who writes it, up to 200 characters; who may is the front's to decide.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="InvalidInputException">The comment is too long or no plain text.</exception>
    Task<JobStatus> SetCommentAsync(JobId id, string comment, string author, CancellationToken cancellation);

    /// <summary>Forgets a job that has ended. Its alpha stays where it is.</summary>
    /// <exception cref="JobConflictException">It has not ended.</exception>
    Task DeleteAsync(JobId id, CancellationToken cancellation);
}
