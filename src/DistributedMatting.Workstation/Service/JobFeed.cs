using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Events;

namespace DistributedMatting.Workstation.Service;

/// <summary>
/// The last events of all jobs. However many watch and however slow they are, no more than these are held: a watcher
/// who falls further behind is shown how things stand instead.
/// </summary>
internal sealed class JobFeed
{
    /// <summary>A job's progress makes some four events a second, so this is some ten minutes of it.</summary>
    public const int Kept = 2048;

    private readonly Lock _gate = new();
    private readonly JobEvent[] _ring = new JobEvent[Kept];
    private TaskCompletionSource _next = New();
    private long _added;
    private long _forgotten;

    /// <summary>Nothing is known of what came up to this number.</summary>
    public void BeginAfter(long number)
    {
        lock (_gate) _forgotten = number;
    }

    /// <param name="happened">Its number is higher than any before.</param>
    public void Add(JobEvent happened)
    {
        TaskCompletionSource over;
        lock (_gate)
        {
            if (_added >= Kept) _forgotten = _ring[_added % Kept].Number;
            _ring[_added++ % Kept] = happened;
            (over, _next) = (_next, New());
        }

        over.SetResult();
    }

    /// <summary>What a watcher has not seen, of each job the last only; null if some of it is forgotten.</summary>
    /// <param name="seen">The last number that it saw.</param>
    /// <param name="next">Ends when there is more.</param>
    public IReadOnlyList<JobEvent>? Since(long seen, out Task next)
    {
        lock (_gate)
        {
            next = _next.Task;
            if (seen < _forgotten) return null;
            var news = new List<JobEvent>();
            var told = new HashSet<JobId>();
            for (var i = _added - 1; i >= Math.Max(0, _added - Kept) && _ring[i % Kept].Number > seen; i--)
            {
                if (told.Add(JobOf(_ring[i % Kept]))) news.Add(_ring[i % Kept]);
            }

            news.Reverse();
            return news;
        }
    }

    private static JobId JobOf(JobEvent happened) => happened switch
    {
        JobChanged changed => changed.Job.Id,
        JobDeleted deleted => deleted.Id,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is of no single job."),
    };

    // Watchers must not run on the thread that changes a job: it holds the queue's lock.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
