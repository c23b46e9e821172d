using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Service;

namespace DistributedMatting.Web.Load;

/// <summary>An engine that waits, and tells progress meanwhile.</summary>
internal sealed class TimerEngine(TimeSpan duration, int events) : IPlateEngine
{
    private static readonly MattingReport Report = new()
    {
        Width = 6000, Height = 6000, PatchesTotal = 441, PatchesKnown = 205, PatchesInferred = 236, PatchesReused = 0, PixelsUnknown = 9_000_000,
        Encodes = 236, EncodesReused = 0, CacheHits = 236, CacheMisses = 0, Seconds = new StageSeconds(), MegapixelsPerSecond = 1, SeamRatio = 1,
        PeakMemoryMib = 1, ScratchBytes = 1, JobKey = "", PlateSha256 = "", TrimapSha256 = "", Warnings = [],
    };

    public Task CheckAsync(JobSubmission submission, CancellationToken cancellation) => Task.CompletedTask;

    public Task<long?> CountUnknownAsync(JobSubmission submission, CancellationToken cancellation) => Task.FromResult<long?>(Report.PixelsUnknown);

    public async Task<MattingReport> RunAsync(PlateOrder order, IPlateObserver observer, CancellationToken cancellation)
    {
        for (var done = 1; done <= events; done++)
        {
            await Task.Delay(duration / events, cancellation);
            observer.Report(new StageProgress(MattingStage.Matte, done, events, "patches", duration * done / events));
        }

        return Report;
    }
}
