using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>The alpha that an attempt of a job has begun beside its place and will not finish: failed, paused, cancelled.</summary>
internal static class Unfinished
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>Stops whoever writes it, and takes it away. Does nothing where that cannot be done now.</summary>
    /// <param name="grains">Where its grain is.</param>
    /// <param name="plates">Knows files.</param>
    /// <param name="job">A job whose attempt is over, and written down to be: the attempt will be refused.</param>
    public static async Task LetGoAsync(IGrainFactory grains, IFarmPlates plates, JobStatus job)
    {
        try
        {
            await grains.GetGrain<IJoinGrain>(job.Id.ToString()).Cancel(JobDrive.AttemptOf(job)).WaitAsync(Patience);
        }
        catch (Exception)
        {
            // What is being written stays; the next alpha of that name takes it away.
        }
        await ForgetAsync(plates, job);
    }

    /// <summary>Takes away what a silo that died has left of it, where its stages have been stopped.</summary>
    public static async Task ForgetAsync(IFarmPlates plates, JobStatus job)
    {
        try
        {
            await Task.Run(() => plates.ForgetUnfinished(job.Submission));
        }
        catch (Exception)
        {
            // The next alpha of that name takes it away.
        }
    }
}
