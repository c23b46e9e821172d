using DistributedMatting.Core.Jobs.Service.Workers;
using Orleans.Concurrency;

namespace DistributedMatting.Cluster.Workers;

/// <summary>One slot of one silo: a device and a network. Its key is <c>SILO/SLOT</c>; it never leaves its silo.</summary>
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>Loads the network, warms it up, and takes work from then on. Again is harmless.</summary>
    /// <param name="history">Whether the answer holds the samples of the last hour.</param>
    /// <returns>A <see cref="WorkerStatus"/> as JSON.</returns>
    [AlwaysInterleave]
    Task<string> Start(bool history);

    /// <summary>Ends the patch that it is at and takes no more, or takes work again.</summary>
    /// <returns>A <see cref="WorkerStatus"/> as JSON.</returns>
    [AlwaysInterleave]
    Task<string> SetDrain(bool drains);

    /// <summary>Takes no more work, ends what it is at, gives back the rest: its silo goes.</summary>
    Task Leave();
}
