namespace DistributedMatting.Cluster.Jobs;

/// <summary>A silo that dies takes calls with it. Calls that may be repeated are, and the farm is whole again within seconds.</summary>
internal sealed class Calls(TimeProvider clock)
{
    private const int Tries = 6;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task<T> Repeat<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await call().WaitAsync(cancellation);
            }
            catch (Exception error) when (tries < Tries && !cancellation.IsCancellationRequested && error is not ArgumentException)
            {
                await Task.Delay(RetryAfter, clock, cancellation);
            }
        }
    }
}
