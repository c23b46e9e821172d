using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Cluster.Workers;

/// <summary>A worker that is listed, as it is written down.</summary>
/// <param name="Silo">Its silo's address, which no other silo ever had.</param>
/// <param name="Key">Its grain's key.</param>
/// <param name="Status">How it was, without its past.</param>
/// <param name="Lost">When it was last heard of, if it was lost; otherwise null.</param>
internal sealed record KnownWorker(string Silo, string Key, WorkerStatus Status, DateTimeOffset? Lost);
