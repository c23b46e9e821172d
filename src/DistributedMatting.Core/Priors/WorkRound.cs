using System.Runtime.ExceptionServices;

namespace DistributedMatting.Core.Priors;

/// <summary>One loop's pieces while they are handed out. Whoever comes takes the next one; whoever comes late finds none.</summary>
internal sealed class WorkRound(int count, Action<int> piece, CancellationToken cancel)
{
    private int _taken;
    private int _done;
    private Exception? _failure;

    /// <summary>Works until no piece is left to begin. Throws nothing: see <see cref="Join"/>.</summary>
    public void TakePieces()
    {
        while (true)
        {
            var i = Interlocked.Increment(ref _taken) - 1;
            if (i >= count) return;
            try
            {
                if (!cancel.IsCancellationRequested && Volatile.Read(ref _failure) is null) piece(i);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
            }
            finally
            {
                Interlocked.Increment(ref _done);
            }
        }
    }

    /// <summary>Waits for the pieces that others have begun, and throws the first failure.</summary>
    public void Join()
    {
        var wait = new SpinWait();
        // Never sleeps: what is left is part of a piece, and a sleep is longer than many.
        while (Volatile.Read(ref _done) < count) wait.SpinOnce(sleep1Threshold: -1);
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
        cancel.ThrowIfCancellationRequested();
    }
}
