namespace DistributedMatting.Cluster.Workers;

/// <summary>The ranking of a plate is not in the shared folder: no patch has failed, but its plate must be ranked again.</summary>
internal sealed class RankingMissingException() : IOException("The plate's ranking is missing.");
