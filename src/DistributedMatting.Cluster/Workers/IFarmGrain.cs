using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Cluster.Workers;

/// <summary>
/// Who is alive, what it does, what it did: one of them, key 0. Silos tell it every second. It writes down who is listed;
/// one that begins anew asks them for their past, and lists as lost whoever died with the one before.
/// </summary>
public interface IFarmGrain : IGrainWithIntegerKey
{
    /// <summary>A silo says how its workers are.</summary>
    /// <returns>Whether the next report should hold their histories: they are not known here.</returns>
    Task<bool> Report(SiloReport report);

    /// <summary>A silo has left the farm, on purpose.</summary>
    Task Leave(string silo);

    /// <summary>All workers by name: an array of <see cref="WorkerStatus"/> as JSON, below 2 MB.</summary>
    Task<string> List();

    /// <summary>Lets a worker take no more work, or work again.</summary>
    /// <returns>A <see cref="WorkerStatus"/> as JSON; null if there is no worker of this name.</returns>
    Task<string?> SetDrain(string worker, bool drains);
}

/// <summary>How a silo's workers are.</summary>
/// <param name="Silo">Its address, which no other silo ever had.</param>
/// <param name="Workers">A <see cref="WorkerStatus"/> as JSON for each slot that has answered.</param>
/// <param name="Keys">Their grains' keys, in the same order.</param>
[GenerateSerializer, Immutable, Alias("matting.SiloReport")]
public sealed record SiloReport([property: Id(0)] string Silo, [property: Id(1)] string[] Workers, [property: Id(2)] string[] Keys);
