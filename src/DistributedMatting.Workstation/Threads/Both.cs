using System.Runtime.ExceptionServices;

namespace DistributedMatting.Workstation.Threads;

/// <summary>Two short pieces of work that do not touch each other.</summary>
internal static class Both
{
    /// <summary>Runs them side by side, or with one thread one after the other. What the first of them throws comes out as it is.</summary>
    public static void Run(int threads, Action one, Action other)
    {
        if (threads == 1)
        {
            one();
            other();
            return;
        }

        try
        {
            Parallel.Invoke(one, other);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
