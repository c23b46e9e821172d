using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;
using DistributedMatting.Workstation.Files;
using DistributedMatting.Workstation.Service;

namespace DistributedMatting.Workstation.Results;

/// <summary>What can be seen of a workstation's jobs: from memory while an engine is at one, else from its folder and its files.</summary>
internal sealed class JobResults(JobQueue queue, PyramidCache pyramids, ImageLimits limits) : IJobResults
{
    private readonly JobPainter _painter = new(pyramids);

    public async Task<JobPictures> PicturesAsync(JobId id, CancellationToken cancellation)
    {
        var job = queue.Find(id).Status;
        PictureView[] views = job.State == JobState.Succeeded
            ? [PictureView.Plate, PictureView.Trimap, PictureView.Alpha, PictureView.Composite]
            : [PictureView.Plate, PictureView.Trimap];
        return JobPictures.Of(await SizeAsync(job, cancellation), [.. views.Where(view => File.Exists(FileOf(job, view)))]);
    }

    public Task<PictureTag> TagAsync(JobId id, PictureView view, CancellationToken cancellation) => Task.Run(() =>
    {
        var job = Showable(id, view);
        return new PictureTag(JobPainter.TagOf(job, view), job.State == JobState.Succeeded);
    }, cancellation);

    public async Task<EncodedPicture> TileAsync(JobId id, PictureView view, int level, int x, int y, Backdrop over, CancellationToken cancellation)
    {
        var job = Showable(id, view);
        var pictures = JobPictures.Of(await SizeAsync(job, cancellation), []);
        if (pictures.TileOf(level, x, y) is not { } area) throw new ResultMissingException("there is no such tile; the job's pictures say how many levels there are");
        return await _painter.PaintAsync(job, view, pictures.Levels - 1 - level, area, new PixelSize(area.Width, area.Height), over, cancellation);
    }

    public async Task<EncodedPicture> RegionAsync(JobId id, PictureView view, PictureRegion region, Backdrop over, CancellationToken cancellation)
    {
        var job = Showable(id, view);
        var plate = await SizeAsync(job, cancellation);
        region.Validate(plate);
        var halvings = (int)Math.Floor(Math.Log2(1 / region.Scale));
        return await _painter.PaintAsync(job, view, halvings, Halved(region.Area, halvings), region.Size, over, cancellation);
    }

    public Task<PatchMap> PatchesAsync(JobId id, CancellationToken cancellation) => Task.Run(() => Patches(id).Map(), cancellation);

    public Task<PatchDetail> PatchAsync(JobId id, int index, CancellationToken cancellation) => Task.Run(() => Patches(id).Detail(index), cancellation);

    public Task<ResultFile> AlphaAsync(JobId id, CancellationToken cancellation) => Task.Run(() =>
    {
        var job = Finished(id);
        var alpha = job.Submission.Alpha;
        var isPng = Path.GetExtension(alpha).Equals(".png", StringComparison.OrdinalIgnoreCase);
        return Open(alpha, Path.GetFileNameWithoutExtension(job.Submission.Name) + Path.GetExtension(alpha), isPng ? "image/png" : "image/tiff");
    }, cancellation);

    public Task<ResultFile> ProvenanceAsync(JobId id, CancellationToken cancellation) => Task.Run(() =>
    {
        var job = Finished(id);
        var name = Path.GetFileNameWithoutExtension(job.Submission.Name) + Path.GetExtension(job.Submission.Alpha);
        return Open(ProvenanceFile.PathOf(job.Submission.Alpha), ProvenanceFile.PathOf(name), "application/json");
    }, cancellation);

    public Task<JobLog> LogAsync(JobId id, CancellationToken cancellation) => Task.Run(() =>
    {
        queue.Find(id);
        return JobLogFile.Read(queue.LogPath(id));
    }, cancellation);

    /// <summary>Deletes what is kept to show a job that is no more.</summary>
    public void Forget(JobId id) => pyramids.Forget(id);

    private static string FileOf(JobStatus job, PictureView view) => view switch
    {
        PictureView.Plate => job.Submission.Plate,
        PictureView.Trimap => job.Submission.Trimap ?? job.Submission.Plate,
        _ => job.Submission.Alpha,
    };

    private static PixelRect Halved(PixelRect area, int halvings)
    {
        var (left, top) = (area.X >> halvings, area.Y >> halvings);
        var up = (1 << halvings) - 1;
        return new PixelRect(left, top, ((area.Right + up) >> halvings) - left, ((area.Bottom + up) >> halvings) - top);
    }

    private static ResultFile Open(string path, string name, string contentType)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
            return new ResultFile(stream, name, contentType, File.GetLastWriteTimeUtc(path), PyramidCache.TagOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultMissingException($"{path} is no longer there, or may not be read; retry the job to have it again", e);
        }
    }

    private JobStatus Finished(JobId id)
    {
        var job = queue.Find(id).Status;
        return job.State == JobState.Succeeded ? job : throw new ResultMissingException($"job {id} has no alpha yet; it is there when the job has succeeded");
    }

    private JobStatus Showable(JobId id, PictureView view) =>
        view is PictureView.Alpha or PictureView.Composite ? Finished(id) : queue.Find(id).Status;

    private PatchRecord Patches(JobId id) => queue.PatchesInWork(id) ?? PatchRecordFile.Load(queue.PatchesPath(id))
        ?? throw new ResultMissingException($"the patches of job {id} are not known yet; they are when its trimap has been read");

    private async Task<PixelSize> SizeAsync(JobStatus job, CancellationToken cancellation)
    {
        if (job.Report is { } report) return new PixelSize(report.Width, report.Height);
        if (queue.PatchesInWork(job.Id) is { } patches) return patches.Grid.Size;
        try
        {
            return await Task.Run(() =>
            {
                using var plate = PlateFile.Open(job.Submission.Plate, limits);
                return plate.Size;
            }, cancellation);
        }
        catch (InvalidInputException e)
        {
            throw new ResultMissingException(e.Message, e);
        }
    }
}
