namespace DistributedMatting.Cluster.Jobs;

/// <summary>All jobs of the farm, and whose turn it is to be worked on: one of them, key 0.</summary>
public interface ICatalogGrain : IGrainWithIntegerKey
{
    /// <summary>Takes a job in, or learns how it stands; a <see cref="Core.Jobs.Service.JobStatus"/> as JSON.</summary>
    Task Add(string status);

    /// <summary>Learns how a job stands.</summary>
    Task Tell(string status);

    /// <summary>Forgets a job.</summary>
    Task Remove(string job);

    /// <summary>One page of the jobs that match; query and page as JSON.</summary>
    Task<string> List(string query);

    /// <summary>Keeps it alive.</summary>
    Task Tick();
}
