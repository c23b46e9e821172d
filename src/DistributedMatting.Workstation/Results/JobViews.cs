using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Results;

/// <summary>
/// Pictures of jobs from their files: plate and trimap at any time, alpha and composite once a job has succeeded. Whoever
/// keeps the jobs says how they stand. May be called from many threads at once.
/// </summary>
public sealed class JobViews
{
    private readonly PyramidCache _pyramids;
    private readonly JobPainter _painter;
    private readonly ImageLimits _limits;

    /// <param name="folder">Pyramids are kept here, by this process alone; made when first needed.</param>
    /// <param name="budget">Most bytes of pyramids; those that nobody has looked at for longest go.</param>
    /// <param name="limits">What a picture may claim to be.</param>
    public JobViews(string folder, long budget, ImageLimits limits)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        _pyramids = new PyramidCache(folder, budget, limits);
        _painter = new JobPainter(_pyramids);
    }

    /// <summary>What a view is made of now.</summary>
    /// <exception cref="ResultMissingException">Its file is not there (yet).</exception>
    public static PictureTag Tag(JobStatus job, PictureView view)
    {
        RequireShowable(job, view);
        return new PictureTag(JobPainter.TagOf(job, view), job.State == JobState.Succeeded);
    }

    /// <summary>The pyramid of a job, and which views there are.</summary>
    /// <param name="job">As it stands.</param>
    /// <param name="size">Of its plate, if that is known; else the plate's header is read.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<JobPictures> PicturesAsync(JobStatus job, PixelSize? size, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        PictureView[] views = job.State == JobState.Succeeded
            ? [PictureView.Plate, PictureView.Trimap, PictureView.Alpha, PictureView.Composite]
            : [PictureView.Plate, PictureView.Trimap];
        return JobPictures.Of(await SizeAsync(job, size, cancellation), [.. views.Where(view => File.Exists(FileOf(job, view)))]);
    }

    /// <summary>One tile; as <see cref="IJobResults.TileAsync"/>.</summary>
    public async Task<EncodedPicture> TileAsync(
        JobStatus job, PixelSize? size, PictureView view, int level, int x, int y, Backdrop over, CancellationToken cancellation)
    {
        RequireShowable(job, view);
        var pictures = JobPictures.Of(await SizeAsync(job, size, cancellation), []);
        if (pictures.TileOf(level, x, y) is not { } area) throw new ResultMissingException("there is no such tile; the job's pictures say how many levels there are");
        return await _painter.PaintAsync(job, view, pictures.Levels - 1 - level, area, new PixelSize(area.Width, area.Height), over, cancellation);
    }

    /// <summary>Any part of a view; as <see cref="IJobResults.RegionAsync"/>.</summary>
    public async Task<EncodedPicture> RegionAsync(
        JobStatus job, PixelSize? size, PictureView view, PictureRegion region, Backdrop over, CancellationToken cancellation)
    {
        RequireShowable(job, view);
        region.Validate(await SizeAsync(job, size, cancellation));
        // What is enlarged comes from the plate's own pixels.
        var halvings = Math.Max(0, (int)Math.Floor(Math.Log2(1 / region.Scale)));
        return await _painter.PaintAsync(job, view, halvings, Halved(region.Area, halvings), region.Size, over, cancellation);
    }

    /// <summary>Deletes what is kept to show a job that is no more.</summary>
    public void Forget(JobId id) => _pyramids.Forget(id);

    private static void RequireShowable(JobStatus job, PictureView view)
    {
        if (view is PictureView.Alpha or PictureView.Composite && job.State != JobState.Succeeded)
            throw new ResultMissingException($"job {job.Id} has no alpha yet; it is there when the job has succeeded");
    }

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

    private async Task<PixelSize> SizeAsync(JobStatus job, PixelSize? known, CancellationToken cancellation)
    {
        if (job.Report is { } report) return new PixelSize(report.Width, report.Height);
        if (known is { } size) return size;
        try
        {
            return await Task.Run(() =>
            {
                using var plate = PlateFile.Open(job.Submission.Plate, _limits);
                return plate.Size;
            }, cancellation);
        }
        catch (InvalidInputException e)
        {
            throw new ResultMissingException(e.Message, e);
        }
    }
}
