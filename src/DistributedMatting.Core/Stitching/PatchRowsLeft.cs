using DistributedMatting.Core.Patches;

namespace DistributedMatting.Core.Stitching;

/// <summary>Which rows of patches still wait for a patch. For many threads.</summary>
internal sealed class PatchRowsLeft
{
    private readonly object _gate = new();
    private readonly int _columns;
    private readonly bool[] _waited;
    private readonly int[] _left;

    public PatchRowsLeft(PatchGrid grid, ReadOnlySpan<bool> inferred)
    {
        _columns = grid.Columns;
        _waited = inferred.ToArray();
        _left = new int[grid.Rows];
        for (var row = 0; row < grid.Rows; row++)
            _left[row] = inferred.Slice(row * _columns, _columns).Count(true);
    }

    /// <summary>A patch is there. Saying so again changes nothing.</summary>
    public void Finished(int patchIndex)
    {
        lock (_gate)
        {
            if (!_waited[patchIndex]) return;
            _waited[patchIndex] = false;
            if (--_left[patchIndex / _columns] == 0) Monitor.PulseAll(_gate);
        }
    }

    public bool IsThere(int patchRow)
    {
        lock (_gate) return _left[patchRow] == 0;
    }

    /// <summary>Returns when a row of patches is there.</summary>
    public void Wait(int patchRow, CancellationToken cancellation)
    {
        // Registered outside of the lock: disposing a registration waits for a callback that needs the lock.
        using var wake = cancellation.Register(() =>
        {
            lock (_gate) Monitor.PulseAll(_gate);
        });
        lock (_gate)
        {
            while (_left[patchRow] > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>The first patch that is still waited for, or −1.</summary>
    public int FirstMissing()
    {
        lock (_gate) return Array.IndexOf(_waited, true);
    }
}
