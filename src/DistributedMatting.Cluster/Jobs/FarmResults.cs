using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Workstation.Results;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>What can be seen of a farm's jobs: pictures from their files, patches from whoever keeps the job.</summary>
/// <param name="farm">Knows how they stand.</param>
/// <param name="views">Shows their files; null for a client that draws nothing.</param>
internal sealed class FarmResults(ClusterMattingService farm, JobViews? views) : IJobResults
{
    private const string NoPictures = "this client draws no pictures; the REST API of a silo does";
    private const string NoLog = "a farm keeps no log of a job; its silos' own tell of it";

    public Task<JobPictures> PicturesAsync(JobId id, CancellationToken cancellation) =>
        ViewAsync(id, (show, job) => show.PicturesAsync(job, null, cancellation), cancellation);

    public Task<PictureTag> TagAsync(JobId id, PictureView view, CancellationToken cancellation) =>
        ViewAsync(id, (_, job) => Task.Run(() => JobViews.Tag(job, view), cancellation), cancellation);

    public Task<EncodedPicture> TileAsync(JobId id, PictureView view, int level, int x, int y, Backdrop over, CancellationToken cancellation) =>
        ViewAsync(id, (show, job) => show.TileAsync(job, null, view, level, x, y, over, cancellation), cancellation);

    public Task<EncodedPicture> RegionAsync(JobId id, PictureView view, PictureRegion region, Backdrop over, CancellationToken cancellation) =>
        ViewAsync(id, (show, job) => show.RegionAsync(job, null, view, region, over, cancellation), cancellation);

    public Task<PatchMap> PatchesAsync(JobId id, CancellationToken cancellation) => farm.ResultAsync<PatchMap>(id, job => job.Patches(), cancellation);

    public Task<PatchDetail> PatchAsync(JobId id, int index, CancellationToken cancellation) => farm.ResultAsync<PatchDetail>(id, job => job.Patch(index), cancellation);

    public Task<JobLog> LogAsync(JobId id, CancellationToken cancellation) => ViewAsync<JobLog>(id, (_, _) => throw new ResultMissingException(NoLog), cancellation);

    public Task<ResultFile> AlphaAsync(JobId id, CancellationToken cancellation) => FileAsync(id, JobFiles.Alpha, cancellation);

    public Task<ResultFile> ProvenanceAsync(JobId id, CancellationToken cancellation) => FileAsync(id, JobFiles.Provenance, cancellation);

    private async Task<T> ViewAsync<T>(JobId id, Func<JobViews, JobStatus, Task<T>> look, CancellationToken cancellation)
    {
        var job = await farm.StatusAsync(id, cancellation);
        return await look(views ?? throw new ResultMissingException(NoPictures), job);
    }

    private async Task<ResultFile> FileAsync(JobId id, Func<JobStatus, ResultFile> open, CancellationToken cancellation)
    {
        var job = await farm.StatusAsync(id, cancellation);
        return await Task.Run(() => open(job), cancellation);
    }
}
