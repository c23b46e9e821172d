using System.Collections.Concurrent;

namespace DistributedMatting.Cluster.Workers;

/// <summary>A thread of its own, off every pool: a network may take as long as it likes without anything else waiting.</summary>
internal sealed class WorkerThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public WorkerThread(string name)
    {
        _thread = new Thread(Loop) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs something there.</summary>
    public Task<T> Run<T>(Func<T> work)
    {
        var end = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                end.SetResult(work());
            }
            catch (Exception error)
            {
                end.SetException(error);
            }
        });
        return end.Task;
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Loop()
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }
}
