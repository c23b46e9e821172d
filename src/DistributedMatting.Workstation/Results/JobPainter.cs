using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Results;

/// <summary>Paints any part of a job's views from their pyramids.</summary>
internal sealed class JobPainter(PyramidCache pyramids)
{
    private const int CheckerSquare = 16;
    private const int Light = 0xb8b8b8;
    private const int Dark = 0x787878;

    // A region at an odd scale may need sixteen megapixels in memory.
    private readonly TaskFactory _few = new(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(2, Environment.ProcessorCount / 2)).ConcurrentScheduler);

    /// <summary>A part of a view after so many halvings, resized to a size.</summary>
    public async Task<EncodedPicture> PaintAsync(
        JobStatus job, PictureView view, int halvings, PixelRect area, PixelSize size, Backdrop over, CancellationToken cancellation)
    {
        var plate = view is PictureView.Plate or PictureView.Composite ? await PlateAsync(job, cancellation) : null;
        var grey = view is PictureView.Plate ? null : await GreyAsync(job, view, cancellation);
        return await _few.StartNew(() =>
        {
            var colours = plate?.Read(halvings, area).Resize(size);
            var values = grey?.Read(halvings, area).Resize(size);
            if (colours is null) return new EncodedPicture(values!.ToPng(), "image/png");
            if (values is not null) colours = colours.Over(values, Under(over, area));
            return new EncodedPicture(colours.ToJpeg(), "image/jpeg");
        }, cancellation);
    }

    /// <summary>What a view is made of now.</summary>
    public static string TagOf(JobStatus job, PictureView view) => view switch
    {
        PictureView.Plate => PyramidCache.TagOf(job.Submission.Plate),
        PictureView.Trimap => PyramidCache.TagOf(job.Submission.Trimap ?? job.Submission.Plate),
        PictureView.Alpha => PyramidCache.TagOf(job.Submission.Alpha),
        _ => PyramidCache.TagOf(job.Submission.Plate) + PyramidCache.TagOf(job.Submission.Alpha),
    };

    private Task<PyramidFile> PlateAsync(JobStatus job, CancellationToken cancellation) =>
        pyramids.GetAsync(job.Id, PictureView.Plate, job.Submission.Plate, PyramidSource.Colours, cancellation);

    private Task<PyramidFile> GreyAsync(JobStatus job, PictureView view, CancellationToken cancellation)
    {
        var asked = job.Submission;
        if (view != PictureView.Trimap) return pyramids.GetAsync(job.Id, PictureView.Alpha, asked.Alpha, PyramidSource.Grey, cancellation);
        return asked.Trimap is { } trimap
            ? pyramids.GetAsync(job.Id, view, trimap, PyramidSource.Grey, cancellation)
            : pyramids.GetAsync(job.Id, view, asked.Plate, PyramidSource.AlphaChannel, cancellation);
    }

    // The checker lies still under the picture at each level, so that tiles fit together.
    private static Func<int, int, int> Under(Backdrop over, PixelRect area) => over.Colour is { } colour
        ? (_, _) => colour
        : (x, y) => ((area.X + x) / CheckerSquare + (area.Y + y) / CheckerSquare) % 2 == 0 ? Light : Dark;
}
