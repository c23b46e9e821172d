namespace DistributedMatting.Cluster.Stages;

/// <summary>Chooses the context patches of every query of a plate, among all its patches. Its key is the job.</summary>
public interface IContextGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that the ranking is in the ledger.</summary>
    Task<WorkAnswer> Ensure();
}
