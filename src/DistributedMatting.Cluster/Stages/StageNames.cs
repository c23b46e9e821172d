namespace DistributedMatting.Cluster.Stages;

/// <summary>What the stages are called in ledgers and leases.</summary>
public static class StageNames
{
    /// <summary>Patches through the encoder: an entry holds pooled vectors, then tokens.</summary>
    public const string Encode = "encode";

    /// <summary>The contexts of all queries: one entry, of patch 0.</summary>
    public const string Rank = "rank";

    /// <summary>The name of a band's stitcher.</summary>
    public static string Band(string job, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{job}/{number}");

    /// <summary>Patches to alpha.</summary>
    public const string Matte = "matte";
}
