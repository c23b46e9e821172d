using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Workstation.Results;

/// <summary>The files that a job has made, open to be sent. They are called what the job's alpha is called, whatever engine made it.</summary>
public static class JobFiles
{
    private const int BufferBytes = 1 << 16;

    /// <summary>The alpha, as <see cref="IJobResults.AlphaAsync"/>.</summary>
    /// <param name="job">As it stands.</param>
    /// <exception cref="ResultMissingException">It has not succeeded, or the file has gone.</exception>
    public static ResultFile Alpha(JobStatus job)
    {
        var alpha = Finished(job).Submission.Alpha;
        var isPng = Path.GetExtension(alpha).Equals(".png", StringComparison.OrdinalIgnoreCase);
        return Open(alpha, isPng ? "image/png" : "image/tiff");
    }

    /// <summary>Where the alpha came from, as <see cref="IJobResults.ProvenanceAsync"/>.</summary>
    /// <param name="job">As it stands.</param>
    /// <exception cref="ResultMissingException">It has not succeeded, or the file has gone.</exception>
    public static ResultFile Provenance(JobStatus job) => Open(ProvenanceFile.PathOf(Finished(job).Submission.Alpha), "application/json");

    private static JobStatus Finished(JobStatus job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.State == JobState.Succeeded ? job : throw new ResultMissingException($"job {job.Id} has no alpha yet; it is there when the job has succeeded");
    }

    private static ResultFile Open(string path, string contentType)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.Asynchronous);
            return new ResultFile(stream, Path.GetFileName(path), contentType, File.GetLastWriteTimeUtc(path), PyramidCache.TagOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultMissingException($"{Path.GetFileName(path)} is no longer there, or may not be read; retry the job to have it again", e);
        }
    }
}
