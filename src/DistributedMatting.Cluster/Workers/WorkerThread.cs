namespace DistributedMatting.Cluster.Workers;

/// <summary>A thread of its own, off every pool: a network may take as long as it likes without anything else waiting.</summary>
internal sealed class WorkerThread : IDisposable
{
    // Guards itself, and is waited at. A blocking collection turns in circles before it sleeps: time of the other workers' cores.
    private readonly Queue<Action> _work = new();
    private readonly Thread _thread;
    private bool _ends;

    public WorkerThread(string name)
    {
        _thread = new Thread(Loop) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs something there.</summary>
    public Task Run(Action work) => Run(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs something there, and gives what it returns.</summary>
    public Task<T> Run<T>(Func<T> work)
    {
        var end = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_work)
        {
            ObjectDisposedException.ThrowIf(_ends, this);
            _work.Enqueue(Work);
            Monitor.Pulse(_work);
        }
        return end.Task;

        void Work()
        {
            try
            {
                end.SetResult(work());
            }
            catch (Exception error)
            {
                end.SetException(error);
            }
        }
    }

    /// <summary>Waits until all that was asked for is done.</summary>
    public void Dispose()
    {
        lock (_work)
        {
            _ends = true;
            Monitor.Pulse(_work);
        }
        _thread.Join();
    }

    private void Loop()
    {
        while (Next() is { } work) work();
    }

    private Action? Next()
    {
        lock (_work)
        {
            while (_work.Count == 0 && !_ends) Monitor.Wait(_work);
            return _work.TryDequeue(out var work) ? work : null;
        }
    }
}
