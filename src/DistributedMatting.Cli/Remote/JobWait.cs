using System.Text.Json;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Output;
using DistributedMatting.Cli.Remote.Client;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cli.Remote;

/// <summary>Shows a job as it goes on, until it has ended.</summary>
internal static class JobWait
{
    private static readonly JsonSerializerOptions OneLine = new(JobJson.Options) { WriteIndented = false };

    /// <summary>Bars, or lines, as <c>run</c> has them.</summary>
    /// <returns>The job as it ended.</returns>
    /// <exception cref="OperationCanceledException">It was interrupted; a line has said that the job goes on.</exception>
    public static async Task<JobStatus> ShowAsync(MattingClient client, JobId id, IScreen screen, CancellationToken cancellation)
    {
        JobStatus? last = null;
        await foreach (var job in Interruptible(client, id, screen.Say, cancellation))
        {
            if (job.State != last?.State && !job.State.HasEnded()) screen.Say($"{id} is {JobText.State(job)}");
            foreach (var stage in job.Stages) screen.Show(JobText.Step(stage));
            last = job;
        }

        return last ?? throw new ServiceException("the service told nothing of the job");
    }

    /// <summary>One JSON object a line for every change.</summary>
    public static async Task<JobStatus> WriteAsync(MattingClient client, JobId id, CancellationToken cancellation)
    {
        JobStatus? last = null;
        await foreach (var job in Interruptible(client, id, line => Console.Error.WriteLine("matting: " + line), cancellation))
            Console.Out.WriteLine(JsonSerializer.Serialize(last = job, OneLine));
        return last ?? throw new ServiceException("the service told nothing of the job");
    }

    /// <summary>Says how the job ended and gives the exit code.</summary>
    public static int Tell(JobStatus job, bool json)
    {
        if (json) Write(job);
        else foreach (var line in JobText.Lines(job)) Console.Out.WriteLine(line);
        return CodeOf(job);
    }

    /// <summary>The job as one JSON object.</summary>
    public static void Write(JobStatus job) => JsonOutput.Write(JsonOutput.Object(job));

    public static int CodeOf(JobStatus job) => job.State switch
    {
        JobState.Failed => ExitCodes.JobFailed,
        JobState.Cancelled => ExitCodes.JobCancelled,
        _ => ExitCodes.Ok,
    };

    private static async IAsyncEnumerable<JobStatus> Interruptible(
        MattingClient client, JobId id, Action<string> say, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var jobs = JobWatch.WatchAsync(client, id, say, cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await jobs.MoveNextAsync()) yield break;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                throw new GoesOnException(id);
            }

            yield return jobs.Current;
        }
    }
}

/// <summary>We were interrupted; the job was not.</summary>
internal sealed class GoesOnException(JobId id) : OperationCanceledException($"the job goes on; 'matting watch {id}' shows it, 'matting cancel {id}' stops it");
