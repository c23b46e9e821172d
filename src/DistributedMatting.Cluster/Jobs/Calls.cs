using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>A silo that dies takes calls with it. Calls that may be repeated are, until the farm is whole again.</summary>
internal sealed class Calls(TimeProvider clock)
{
    /// <summary>
    /// How long a call is repeated. A farm that lost a silo is whole within seconds, on overloaded machines within half a
    /// minute, which is also what a new catalog may take to hear of all jobs. Tries are not counted: those to a silo that has
    /// just died are refused at once, and any number of them is soon used up.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Away = "the farm does not answer now; nothing is lost, ask again in a minute";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <exception cref="EngineAwayException">No silo answered for as long as <see cref="Patience"/>.</exception>
    public async Task<T> Repeat<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await call().WaitAsync(cancellation);
            }
            // One that names no argument is Orleans': no silo that has such grains has been heard of yet.
            catch (Exception error) when (error is not ArgumentException { ParamName: not null })
            {
                if (clock.GetElapsedTime(began) >= Patience)
                {
                    if (error is TimeoutException or OrleansException or ArgumentException) throw new EngineAwayException(Away, error);
                    throw;
                }

                // Whoever has given up hears of that, and not of the farm.
                await Task.Delay(RetryAfter, clock, cancellation);
            }
        }
    }
}
