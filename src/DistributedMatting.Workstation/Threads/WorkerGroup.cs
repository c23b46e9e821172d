using System.Runtime.ExceptionServices;

namespace DistributedMatting.Workstation.Threads;

/// <summary>
/// Runs a numbered list of work items on threads of their own. Items are taken in order; the first failure stops
/// all threads after their current item and is thrown once they have ended.
/// </summary>
internal static class WorkerGroup
{
    /// <param name="name">Of the threads, for debuggers.</param>
    /// <param name="threads">How many.</param>
    /// <param name="items">Items 0 … items − 1.</param>
    /// <param name="worker">Makes what one thread keeps between its items: its buffers. Disposed at the end.</param>
    /// <param name="work">Does one item.</param>
    /// <param name="cancellation">Stops before the next item.</param>
    public static void Run<TWorker>(
        string name, int threads, int items, Func<TWorker> worker, Action<TWorker, int> work, CancellationToken cancellation)
        where TWorker : IDisposable
    {
        var next = -1;
        Exception? failure = null;
        void Loop()
        {
            try
            {
                using var own = worker();
                while (Volatile.Read(ref failure) is null && !cancellation.IsCancellationRequested)
                {
                    var item = Interlocked.Increment(ref next);
                    if (item >= items) return;
                    work(own, item);
                }
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, error, null);
            }
        }

        var started = new Thread[Math.Min(threads, items)];
        for (var i = 0; i < started.Length; i++)
        {
            started[i] = new Thread(Loop) { Name = $"{name} {i}", IsBackground = true };
            started[i].Start();
        }
        foreach (var thread in started) thread.Join();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        cancellation.ThrowIfCancellationRequested();
    }
}
