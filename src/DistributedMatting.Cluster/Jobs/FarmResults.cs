using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>What can be seen of a farm's jobs: the finished alpha and where it came from. Pictures on the way there are still to come.</summary>
internal sealed class FarmResults(ClusterMattingService farm) : IJobResults
{
    private const string NoPictures = "a farm shows no pictures and no log of a job yet; its alpha and provenance are there when it has succeeded";

    public Task<JobPictures> PicturesAsync(JobId id, CancellationToken cancellation) => Missing<JobPictures>(id, cancellation);

    public Task<PictureTag> TagAsync(JobId id, PictureView view, CancellationToken cancellation) => Missing<PictureTag>(id, cancellation);

    public Task<EncodedPicture> TileAsync(JobId id, PictureView view, int level, int x, int y, Backdrop over, CancellationToken cancellation) =>
        Missing<EncodedPicture>(id, cancellation);

    public Task<EncodedPicture> RegionAsync(JobId id, PictureView view, PictureRegion region, Backdrop over, CancellationToken cancellation) =>
        Missing<EncodedPicture>(id, cancellation);

    public Task<PatchMap> PatchesAsync(JobId id, CancellationToken cancellation) => Missing<PatchMap>(id, cancellation);

    public Task<PatchDetail> PatchAsync(JobId id, int index, CancellationToken cancellation) => Missing<PatchDetail>(id, cancellation);

    public Task<JobLog> LogAsync(JobId id, CancellationToken cancellation) => Missing<JobLog>(id, cancellation);

    public Task<ResultFile> AlphaAsync(JobId id, CancellationToken cancellation) => FileAsync(id, alpha => alpha, cancellation);

    public Task<ResultFile> ProvenanceAsync(JobId id, CancellationToken cancellation) => FileAsync(id, alpha => alpha + ".json", cancellation);

    private async Task<T> Missing<T>(JobId id, CancellationToken cancellation)
    {
        await farm.StatusAsync(id, cancellation);
        throw new ResultMissingException(NoPictures);
    }

    private async Task<ResultFile> FileAsync(JobId id, Func<string, string> pathOf, CancellationToken cancellation)
    {
        var job = await farm.StatusAsync(id, cancellation);
        if (job.State != JobState.Succeeded) throw new ResultMissingException($"job {id} has not succeeded, so it has no alpha");
        var path = pathOf(job.Submission.Alpha);
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true);
            var (written, type) = (File.GetLastWriteTimeUtc(path), Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".PNG" => "image/png",
                ".JSON" => "application/json",
                _ => "image/tiff",
            });
            return new ResultFile(file, Path.GetFileName(path), type, written, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{written.Ticks:x}{file.Length:x}"));
        }
        catch (IOException error)
        {
            throw new ResultMissingException($"{path} is not there any more", error);
        }
    }
}
