using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>How a job asks for work that takes longer than a call may, of grains whose silo may die over it.</summary>
/// <param name="id">The job, for the log.</param>
/// <param name="clock">Measures how long nobody answers.</param>
/// <param name="log">Hears of what is tried again.</param>
internal sealed class StageQuestions(JobId id, TimeProvider clock, ILogger log)
{
    /// <summary>Work that fails by a machine's fault is done again so often; then somebody should know.</summary>
    public const int MaxTries = 20;

    /// <summary>The pause before something is tried again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks until the work is done. A call that fails or times out says nothing of the work: it is asked again.</summary>
    /// <param name="ask">Asks once. It may be asked any number of times.</param>
    /// <param name="stop">Ends the asking; the work goes on.</param>
    /// <exception cref="InvalidInputException">
    /// A person must set something right, or the work failed <see cref="MaxTries"/> times, or nobody answered for as long as
    /// <see cref="Calls.Patience"/>.
    /// </exception>
    public async Task<WorkAnswer> Until(Func<Task<WorkAnswer>> ask, CancellationToken stop)
    {
        var (heard, tries) = (clock.GetTimestamp(), 0);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            string problem;
            try
            {
                var answer = await ask();
                heard = clock.GetTimestamp();
                if (answer is { IsDone: true, Error: null }) return answer;
                if (!answer.IsDone) continue;
                if (answer.IsInput) throw new InvalidInputException(answer.Error!);
                if (++tries == MaxTries) throw new InvalidInputException($"a stage failed {MaxTries} times, last with: {answer.Error}");
                problem = answer.Error!;
            }
            catch (Exception error) when (error is not InvalidInputException && !(error is OperationCanceledException && stop.IsCancellationRequested))
            {
                // Not counted: those to a silo that has just died are refused at once.
                if (clock.GetElapsedTime(heard) >= Calls.Patience) throw new InvalidInputException($"a stage was not heard of for {Calls.Patience.TotalSeconds:0} seconds, last with: {error.Message}");
                problem = error.Message;
            }
            DriveLog.Again(log, id, problem);
            await Task.Delay(RetryAfter, clock, stop);
        }
    }
}
