using DistributedMatting.Core.Jobs.Service;
using Orleans.Concurrency;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>The life of one plate. Its key is the job's name.</summary>
public interface IPlateJobGrain : IGrainWithStringKey
{
    /// <summary>Takes a submission, as JSON; the same once more is answered like the first time.</summary>
    Task<JobAnswer> Submit(string submission);

    /// <summary>The job as it stands; nothing if it has not changed for a second or two since a version that is known.</summary>
    [AlwaysInterleave]
    Task<JobAnswer> Status(long? seen);

    /// <summary>Pauses, resumes, cancels or retries.</summary>
    Task<JobAnswer> Apply(JobVerb verb);

    /// <summary>Sets the priority.</summary>
    Task<JobAnswer> Prioritise(int priority);

    /// <summary>Sets the comment; who wrote it and when is noted.</summary>
    Task<JobAnswer> Comment(string comment, string author);

    /// <summary>Forgets the job, which has ended.</summary>
    Task<JobAnswer> Delete();

    /// <summary>It is the job's turn: it goes to work, or goes on with it. Again is harmless; says how it stands.</summary>
    Task<JobAnswer> Begin();

    /// <summary>How its plate was cut and where each patch stands: a <see cref="Core.Jobs.Service.Results.PatchMap"/>.</summary>
    [AlwaysInterleave]
    Task<ResultAnswer> Patches();

    /// <summary>One patch and what it drew on: a <see cref="Core.Jobs.Service.Results.PatchDetail"/>.</summary>
    [AlwaysInterleave]
    Task<ResultAnswer> Patch(int index);

    /// <summary>Patches whose results are in the ledger under a key, and the silo that holds more of them in memory.</summary>
    [AlwaysInterleave]
    Task Committed(string key, string stage, int[] patches, string home);

    /// <summary>A worker did not find the plate's ranking: it is to be made again.</summary>
    [AlwaysInterleave]
    Task RankingMissing(string key);
}
