namespace DistributedMatting.Cluster.Stages;

/// <summary>Takes a plate in from shared storage, in one stream, and cuts it into patches. Its key is the job.</summary>
public interface ITilingGrain : IStageGrain
{
    /// <summary>Sees to it that the plate lies in the job's folder.</summary>
    /// <param name="submission">What was asked for, as JSON.</param>
    /// <param name="attempt">Whose work it is.</param>
    /// <returns>When it is done, the lines that a person should read.</returns>
    Task<WorkAnswer> Ensure(string submission, long attempt);
}
