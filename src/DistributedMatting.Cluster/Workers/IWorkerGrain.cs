namespace DistributedMatting.Cluster.Workers;

/// <summary>One slot of one silo: a device and a network. Its key is <c>SILO/SLOT</c>; it never leaves its silo.</summary>
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>Loads the network and takes work from then on. Again is harmless.</summary>
    Task<WorkerState> Start();

    /// <summary>Takes no more work, ends what it is at, gives back the rest.</summary>
    Task Drain();
}

/// <summary>What a worker is at.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsReady">Whether its network is loaded and warm.</param>
/// <param name="Job">The job that it is at; empty for none.</param>
/// <param name="Stage">The stage of it.</param>
/// <param name="Patches">Patches done so far.</param>
/// <param name="FirstOf">Of these, results that nobody had yet.</param>
/// <param name="PerSecond">Patches a second of the time at work.</param>
[GenerateSerializer, Immutable, Alias("matting.WorkerState")]
public sealed record WorkerState(
    [property: Id(0)] string Name, [property: Id(1)] bool IsReady, [property: Id(2)] string Job, [property: Id(3)] string Stage,
    [property: Id(4)] long Patches, [property: Id(5)] long FirstOf, [property: Id(6)] double PerSecond);
