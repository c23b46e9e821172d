namespace DistributedMatting.Cluster.Stages;

/// <summary>Blends one band of a plate's rows. Its key is the job and the band's number: <c>ID/N</c>.</summary>
public interface IStitcherGrain : IStageGrain
{
    /// <summary>Sees to it that the band's rows lie in the job's folder.</summary>
    /// <param name="attempt">Whose work it is.</param>
    Task<WorkAnswer> Ensure(long attempt);
}

/// <summary>Joins the bands of a plate to its alpha. Its key is the job.</summary>
public interface IJoinGrain : IStageGrain
{
    /// <summary>Sees to it that so many bands are in the alpha, and with the last of them, that it is in its place.</summary>
    /// <param name="submission">What was asked for, as JSON.</param>
    /// <param name="attempt">Whose work it is.</param>
    /// <param name="bands">How many from the top, all stitched: 1 to as many as the plate has.</param>
    /// <returns>
    /// When the alpha is in its place, the seam figure as result: empty where the plate has no border to judge. No result while
    /// bands are left. What is missing are bands: the first that was not whole, and is deleted.
    /// </returns>
    Task<WorkAnswer> Ensure(string submission, long attempt, int bands);
}
