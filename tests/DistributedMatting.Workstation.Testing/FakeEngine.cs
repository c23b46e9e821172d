using System.Collections.Concurrent;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Service;

namespace DistributedMatting.Workstation.Testing;

/// <summary>An engine that mattes nothing: a plate takes as long as the test wants, and leaves one file in its folder.</summary>
public sealed class FakeEngine : IPlateEngine
{
    /// <summary>What a plate does, before it succeeds.</summary>
    public Func<PlateOrder, IPlateObserver, CancellationToken, Task> Work { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Refuses a submission by throwing.</summary>
    public Action<JobSubmission> Check { get; set; } = _ => { };

    /// <summary>The names of the plates taken up, in order.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    /// <summary>A plate goes on for ever, until it is stopped.</summary>
    public static Task ForEver(PlateOrder order, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        Task.Delay(Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>Unknown pixels of a submission's trimap; null: cannot be said.</summary>
    public Func<JobSubmission, long?> Unknown { get; set; } = _ => null;

    public Task<long?> CountUnknownAsync(JobSubmission submission, CancellationToken cancellation) => Task.FromResult(Unknown(submission));

    public Task CheckAsync(JobSubmission submission, CancellationToken cancellation)
    {
        Check(submission);
        return Task.CompletedTask;
    }

    public async Task<MattingReport> RunAsync(PlateOrder order, IPlateObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        Directory.CreateDirectory(order.WorkFolder);
        await File.WriteAllTextAsync(Path.Combine(order.WorkFolder, "patches"), "finished patches", CancellationToken.None);
        Begun.Enqueue(order.Submission.Name);
        await Work(order, observer, cancellation);
        return Report;
    }

    private static MattingReport Report { get; } = new()
    {
        Width = 640,
        Height = 480,
        PatchesTotal = 6,
        PatchesKnown = 2,
        PatchesInferred = 4,
        PatchesReused = 0,
        PixelsUnknown = 1000,
        Encodes = 4,
        EncodesReused = 0,
        CacheHits = 4,
        CacheMisses = 0,
        Seconds = new StageSeconds(),
        MegapixelsPerSecond = 1,
        SeamRatio = null,
        PeakMemoryMib = 1,
        ScratchBytes = 1,
        JobKey = "",
        PlateSha256 = "",
        TrimapSha256 = "",
        Warnings = [],
    };
}
