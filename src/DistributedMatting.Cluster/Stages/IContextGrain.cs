namespace DistributedMatting.Cluster.Stages;

/// <summary>Chooses the context patches of every query of a plate, among all its patches. Its key is the job.</summary>
public interface IContextGrain : IStageGrain
{
    /// <summary>Sees to it that the ranking is in the ledger.</summary>
    /// <param name="attempt">Whose work it is.</param>
    Task<WorkAnswer> Ensure(long attempt);
}
