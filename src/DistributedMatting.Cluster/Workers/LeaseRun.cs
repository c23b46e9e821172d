using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Core;

namespace DistributedMatting.Cluster.Workers;

/// <summary>
/// The patches of one lease, one after another. A result is stored while the next patch is in the network: what a folder
/// on a server takes for it is no time of the device's.
/// </summary>
/// <param name="worker">Makes the results.</param>
/// <param name="storing">Stores them.</param>
/// <param name="lease">Which patches.</param>
/// <param name="batch">Hears what has become of each.</param>
internal sealed class LeaseRun(PatchWorker worker, WorkerThread storing, LeaseMessage lease, Batch batch)
{
    private (int Patch, Task Stored)? _last;

    /// <summary>Does them, on the worker's thread.</summary>
    /// <param name="goesOn">Asked before each patch.</param>
    /// <returns>False: the plate must be ranked again before any of its patches can be matted.</returns>
    public bool Run(Func<bool> goesOn)
    {
        try
        {
            foreach (var patch in lease.Patches)
            {
                if (!goesOn()) break;
                try
                {
                    var store = worker.Make(lease.Job, lease.Key, lease.Stage, patch);
                    Settle();
                    _last = (patch, storing.Run(store));
                }
                catch (RankingMissingException)
                {
                    return false;
                }
                catch (Exception error)
                {
                    Fail(patch, error);
                }
            }
            return true;
        }
        finally
        {
            Settle();
        }
    }

    private void Settle()
    {
        if (_last is not var (patch, stored)) return;
        _last = null;
        try
        {
            stored.GetAwaiter().GetResult();
            batch.Add(patch);
        }
        catch (Exception error)
        {
            worker.Close(lease.Job);
            Fail(patch, error);
        }
    }

    private void Fail(int patch, Exception error) =>
        batch.Fail(new PatchFailure(patch, error is InvalidInputException ? error.Message : $"{error.GetType().Name}: {error.Message}"));
}
