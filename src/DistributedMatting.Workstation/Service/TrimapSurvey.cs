using System.Threading.Channels;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Workstation.Service;

/// <summary>
/// Counts the unknown pixels of the jobs that wait, one trimap at a time: how much work the queue holds is known
/// before any of it is begun. A job that is taken up first is counted as its plate is read.
/// </summary>
internal sealed class TrimapSurvey(JobQueue queue, IPlateEngine engine, Action<Exception> bug)
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<JobId> _unsaid = [];

    /// <summary>Says that a job may be waiting.</summary>
    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>Counts until it is cancelled, and returns then.</summary>
    public async Task RunAsync(CancellationToken shutdown)
    {
        try
        {
            while (true)
            {
                while (queue.NextUncounted(_unsaid) is { } job) await CountAsync(job, shutdown);
                await _bell.Reader.ReadAsync(shutdown);
            }
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
        }
    }

    private async Task CountAsync(JobStatus job, CancellationToken shutdown)
    {
        try
        {
            if (await engine.CountUnknownAsync(job.Submission, shutdown) is { } unknown)
            {
                queue.Surveyed(job.Id, unknown);
                return;
            }
        }
        catch (InvalidInputException)
        {
            // The job itself will say so when it is its turn.
        }
        catch (Exception error) when (!shutdown.IsCancellationRequested)
        {
            bug(error);
        }

        _unsaid.Add(job.Id);
    }
}
