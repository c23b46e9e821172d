namespace DistributedMatting.Web.Jobs.Streams;

/// <summary>
/// Watchers are served in turns. What happens to a job wakes all of them at once; five hundred steps in the thread
/// pool's queue would stand before whoever asks something next, and half a core is plenty for telling.
/// </summary>
internal sealed class WatcherTurns : IDisposable
{
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _watchers;

    /// <summary>How many watch now.</summary>
    public int Watchers => Volatile.Read(ref _watchers);

    public void Come() => Interlocked.Increment(ref _watchers);

    public void Go() => Interlocked.Decrement(ref _watchers);

    /// <summary>Waits for a turn, which is to be short: nothing is waited for in it.</summary>
    public async Task<Turn> TakeAsync(CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        // To the end of the common queue: who gave the turn would go on with this at once, before anybody who waits there.
        await Task.Yield();
        return new Turn(_turns);
    }

    public void Dispose() => _turns.Dispose();

    internal readonly struct Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
