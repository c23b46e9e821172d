using Orleans.Concurrency;

namespace DistributedMatting.Cluster.Stages;

/// <summary>
/// Long work for a job, which is asked for again and again until it is done. An attempt of the job has a number; what one
/// attempt left uncollected is never handed to another.
/// </summary>
public interface IStageGrain : IGrainWithStringKey
{
    /// <summary>Stops what is in work, and refuses whatever this attempt asks for from now on. Again is harmless.</summary>
    /// <param name="attempt">The attempt that is over.</param>
    /// <returns>Whether nothing is in work any more; if not, ask again.</returns>
    [AlwaysInterleave]
    Task<bool> Cancel(long attempt);
}
