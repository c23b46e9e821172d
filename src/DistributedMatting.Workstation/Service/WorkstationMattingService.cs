using System.Runtime.CompilerServices;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Events;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Results;
using DistributedMatting.Workstation.Workers;

namespace DistributedMatting.Workstation.Service;

/// <summary>
/// A matting service on one machine: a queue in a folder, and an engine that takes one plate at a time.
/// Opened again after it was killed, it goes on with what has not ended.
/// </summary>
public sealed class WorkstationMattingService : IMattingService, IAsyncDisposable
{
    private readonly QueueFolder _folder;
    private readonly IPlateEngine _engine;
    private readonly JobQueue _queue;
    private readonly PlateWorker _worker;
    private readonly WorkerMeter _meter;
    private readonly JobResults _results;
    private readonly CancellationTokenSource _shutdown = new();
    private readonly TrimapSurvey _survey;
    private readonly TimeProvider _clock;
    private readonly Task _work;
    private readonly SemaphoreSlim _changes = new(1);
    private int _isClosed;

    private WorkstationMattingService(
        QueueFolder folder, WorkstationServiceOptions options, IPlateEngine engine, TimeProvider clock, Action<string> warn, Action<Exception> bug)
    {
        (_folder, _engine, _clock) = (folder, engine, clock);
        _queue = new JobQueue(folder, options, clock, warn);
        _meter = new WorkerMeter(clock, () => ProcessMemory.Bytes);
        _worker = new PlateWorker(_queue, engine, _meter, bug);
        _results = new JobResults(_queue, new JobViews(folder.PicturesFolder, options.PictureBytes, options.Images));
        Workers = new OneWorkerPool(options.Worker, options.Devices, clock.GetUtcNow(), _queue, _worker, _meter);
        _survey = new TrimapSurvey(_queue, engine, bug);
        _work = Task.WhenAll(Task.Run(() => _worker.RunAsync(_shutdown.Token)), Task.Run(() => _survey.RunAsync(_shutdown.Token)));
    }

    /// <inheritdoc/>
    public IJobResults Results => _results;

    /// <inheritdoc/>
    public IWorkerPool Workers { get; }

    /// <summary>Opens the queue and begins to work.</summary>
    /// <param name="options">Where and how the queue is kept.</param>
    /// <param name="engine">Mattes the plates. Not disposed here.</param>
    /// <param name="clock">Whose time is written.</param>
    /// <param name="warn">Hears of job files that cannot be read: one line each.</param>
    /// <param name="bug">Hears of what an engine should never throw; may be called from any thread.</param>
    /// <exception cref="InvalidInputException">The options or the folder will not do, or another service works there.</exception>
    public static WorkstationMattingService Open(
        WorkstationServiceOptions options, IPlateEngine engine, TimeProvider clock, Action<string>? warn = null, Action<Exception>? bug = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var folder = QueueFolder.Open(options.Folder);
        try
        {
            return new WorkstationMattingService(folder, options, engine, clock, warn ?? (_ => { }), bug ?? (_ => { }));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<JobReceipt> SubmitAsync(JobSubmission submission, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(submission);
        submission.Validate();
        if (submission.Name.Length == 0) submission = submission with { Name = ShortName(submission.Plate) };
        // First, because a repeated submission finds its own alpha already there.
        if (_queue.Known(submission) is { } known) return new JobReceipt(known, IsNew: false);

        await _engine.CheckAsync(submission, cancellation);
        var receipt = await ChangeAsync(() => _queue.Add(submission), cancellation);
        _worker.Ring();
        _survey.Ring();
        return receipt;
    }

    /// <inheritdoc/>
    public Task<JobStatus> StatusAsync(JobId id, CancellationToken cancellation) => Try(() => _queue.Find(id).Status);

    /// <inheritdoc/>
    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Try(() =>
        {
            query.Validate();
            return _queue.List(query);
        });
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JobStatus> WatchAsync(JobId id, long? seen, CancellationToken cancellation) =>
        WatchAsync(_queue.Find(id), seen, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobEvent> WatchAllAsync(long? seen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = seen ?? -1;
        while (true)
        {
            var news = _queue.Feed.Since(last, out var next);
            if (news is null || last > _queue.LastEvent) news = [_queue.Snapshot()];
            foreach (var happened in news)
            {
                yield return happened;
                last = happened.Number;
            }

            if (news.Count == 0) await next.WaitAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public Task<JobStatus> ApplyAsync(JobId id, JobVerb verb, CancellationToken cancellation) => ChangeAsync(() =>
    {
        var status = _queue.Apply(id, verb);
        _worker.Ring();
        _survey.Ring();
        return status;
    }, cancellation);

    /// <inheritdoc/>
    public Task<JobStatus> SetPriorityAsync(JobId id, int priority, CancellationToken cancellation) => ChangeAsync(() =>
    {
        JobLimits.RequirePriority(priority);
        return _queue.Edit(id, job => job with { Submission = job.Submission with { Priority = priority } });
    }, cancellation);

    /// <inheritdoc/>
    public Task<JobStatus> SetCommentAsync(JobId id, string comment, string author, CancellationToken cancellation) => ChangeAsync(() =>
    {
        JobLimits.RequireComment(comment);
        JobLimits.RequireAuthor(author);
        return _queue.Edit(id, job => job.Commented(comment, author, _clock.GetUtcNow()));
    }, cancellation);

    /// <inheritdoc/>
    public async Task DeleteAsync(JobId id, CancellationToken cancellation)
    {
        while (await ChangeAsync(() => _queue.Delete(id), cancellation) is { } ended) await ended.WaitAsync(cancellation);
        _results.Forget(id);
    }

    /// <summary>Stops the plate in work between two patches, and leaves the folder; what has not ended goes on when it is opened again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1) return;
        await _shutdown.CancelAsync();
        await _work;
        _meter.Dispose();
        _changes.Dispose();
        _shutdown.Dispose();
        _folder.Dispose();
    }

    private static async IAsyncEnumerable<JobStatus> WatchAsync(QueuedJob job, long? seen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var now = job.Now;
            if (now.Status.Version != seen) yield return now.Status;
            seen = now.Status.Version;
            if (now.Status.State.HasEnded() || job.IsDeleted) yield break;
            await now.Over.WaitAsync(cancellation);
        }
    }

    private static string ShortName(string plate)
    {
        var name = Path.GetFileName(plate);
        return name.Length <= JobLimits.MaxName ? name : name[..JobLimits.MaxName];
    }

    // A change waits for the disk. Two hundred at once would hold every thread that could answer somebody else.
    private async Task<T> ChangeAsync<T>(Func<T> change, CancellationToken cancellation)
    {
        await _changes.WaitAsync(cancellation);
        try
        {
            return change();
        }
        finally
        {
            _changes.Release();
        }
    }

    // What is refused comes back through the task, as it will from an engine that is far away.
    private static Task<T> Try<T>(Func<T> answer)
    {
        try
        {
            return Task.FromResult(answer());
        }
        catch (Exception e) when (e is InvalidInputException or JobNotFoundException or JobConflictException)
        {
            return Task.FromException<T>(e);
        }
    }
}
