using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Service;

namespace DistributedMatting.Workstation.Results;

/// <summary>What can be seen of a workstation's jobs: from memory while an engine is at one, else from its folder and its files.</summary>
internal sealed class JobResults(JobQueue queue, JobViews views) : IJobResults
{
    public Task<JobPictures> PicturesAsync(JobId id, CancellationToken cancellation) => views.PicturesAsync(queue.Find(id).Status, SizeOf(id), cancellation);

    public Task<PictureTag> TagAsync(JobId id, PictureView view, CancellationToken cancellation) =>
        Task.Run(() => JobViews.Tag(queue.Find(id).Status, view), cancellation);

    public Task<EncodedPicture> TileAsync(JobId id, PictureView view, int level, int x, int y, Backdrop over, CancellationToken cancellation) =>
        views.TileAsync(queue.Find(id).Status, SizeOf(id), view, level, x, y, over, cancellation);

    public Task<EncodedPicture> RegionAsync(JobId id, PictureView view, PictureRegion region, Backdrop over, CancellationToken cancellation) =>
        views.RegionAsync(queue.Find(id).Status, SizeOf(id), view, region, over, cancellation);

    public Task<PatchMap> PatchesAsync(JobId id, CancellationToken cancellation) => Task.Run(() => Patches(id).Map(), cancellation);

    public Task<PatchDetail> PatchAsync(JobId id, int index, CancellationToken cancellation) => Task.Run(() => Patches(id).Detail(index), cancellation);

    public Task<ResultFile> AlphaAsync(JobId id, CancellationToken cancellation) => Task.Run(() => JobFiles.Alpha(queue.Find(id).Status), cancellation);

    public Task<ResultFile> ProvenanceAsync(JobId id, CancellationToken cancellation) => Task.Run(() => JobFiles.Provenance(queue.Find(id).Status), cancellation);

    public Task<JobLog> LogAsync(JobId id, CancellationToken cancellation) => Task.Run(() =>
    {
        queue.Find(id);
        return JobLogFile.Read(queue.LogPath(id));
    }, cancellation);

    /// <summary>Deletes what is kept to show a job that is no more.</summary>
    public void Forget(JobId id) => views.Forget(id);

    private PixelSize? SizeOf(JobId id) => queue.PatchesInWork(id)?.Grid.Size;

    private PatchRecord Patches(JobId id) => queue.PatchesInWork(id) ?? PatchRecordFile.Load(queue.PatchesPath(id))
        ?? throw new ResultMissingException($"the patches of job {id} are not known yet; they are when its trimap has been read");
}
