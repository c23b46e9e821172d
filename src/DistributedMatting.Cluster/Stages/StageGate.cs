namespace DistributedMatting.Cluster.Stages;

/// <summary>Keeps the long work of a silo to a few threads, so that many plates do not all stream in at once.</summary>
public sealed class StageGate(int places) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places);

    /// <summary>Waits for a place; disposing the answer gives it back.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        return new Place(_places);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
