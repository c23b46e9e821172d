using DistributedMatting.Workstation.Memory;

namespace DistributedMatting.Workstation.Bench;

/// <summary>The pipeline as it is, from decoded rows to rows of alpha: priors, ranking, caches, stores, stitching and all.</summary>
public static class PipelineBench
{
    /// <summary>Runs the job once, decoding before and encoding after the time that is taken.</summary>
    /// <param name="job">What <see cref="PlateJob.RunAsync"/> would run.</param>
    /// <param name="request">Its folder is a scratch folder that nobody needs afterwards.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<BenchResult> RunAsync(PlateJob job, MattingRequest request, CancellationToken cancellation)
    {
        using var decoded = await Task.Run(() => DecodedPlate.Decode(job, request, cancellation), cancellation);
        var raw = request.JobFolder + "-alpha.raw";
        try
        {
            var report = await new PlateJob
            {
                Network = job.Network,
                Plate = decoded.OpenPlate,
                Trimap = decoded.OpenTrimap,
                Alpha = size => new RawAlpha(raw, size),
                Progress = job.Progress,
                Warning = job.Warning,
                Clock = job.Clock,
            }.RunAsync(request with { KeepJobFolder = false, Fresh = true }, cancellation);
            var peak = ProcessMemory.PeakBytes;

            var began = job.Clock.GetTimestamp();
            using (var writer = job.Alpha(decoded.Ingested.Size)) RawAlpha.Encode(raw, writer, cancellation);
            var encoding = job.Clock.GetElapsedTime(began).TotalSeconds;
            return new BenchResult(
                "pipeline", report.Seconds.Total, decoded.Seconds + encoding, peak / (double)(1 << 20),
                report.PatchesInferred, report.PatchesInferred, report.Encodes, request.Limits.Threads, report);
        }
        finally
        {
            File.Delete(raw);
        }
    }
}
