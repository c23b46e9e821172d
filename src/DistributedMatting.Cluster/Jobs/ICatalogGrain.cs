namespace DistributedMatting.Cluster.Jobs;

/// <summary>All jobs of the farm, and whose turn it is to be worked on: one of them, key 0.</summary>
public interface ICatalogGrain : IGrainWithIntegerKey
{
    /// <summary>Takes a job in, or learns how it stands; a <see cref="Core.Jobs.Service.JobStatus"/> as JSON.</summary>
    Task Add(string status);

    /// <summary>Learns how a job stands.</summary>
    Task Tell(string status);

    /// <summary>Keeps an alpha for a job that is about to wait, until the job is told or a minute has passed.</summary>
    /// <param name="alpha">The alpha's path.</param>
    /// <param name="job">The job's name.</param>
    /// <exception cref="TimeoutException">A new catalog does not know all jobs yet. Ask again.</exception>
    /// <returns>The name of another job that has still to write it; null where there is none.</returns>
    Task<string?> Claim(string alpha, string job);

    /// <summary>Forgets a job.</summary>
    Task Remove(string job);

    /// <summary>One page of the jobs that match; query and page as JSON. A new catalog waits until it knows them all.</summary>
    /// <exception cref="TimeoutException">It does not yet. Ask again.</exception>
    Task<string> List(string query);

    /// <summary>Keeps it alive.</summary>
    Task Tick();
}
