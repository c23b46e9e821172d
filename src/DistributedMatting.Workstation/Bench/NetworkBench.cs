using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Bench;

/// <summary>
/// The network's calls alone: the limit that no pipeline can beat. The same calls with the same inputs and contexts on
/// as many threads, nothing beside them; only the time inside the calls counts, as if the threads never had to wait.
/// </summary>
public static class NetworkBench
{
    /// <summary>Makes every call once.</summary>
    /// <param name="job">Whose network, plate and trimap are taken.</param>
    /// <param name="request">Its folder is a scratch folder that nobody needs afterwards.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Task<BenchResult> RunAsync(PlateJob job, MattingRequest request, CancellationToken cancellation) =>
        Task.Run(() => Run(job, request, cancellation), cancellation);

    private static BenchResult Run(PlateJob job, MattingRequest request, CancellationToken cancellation)
    {
        using var decoded = DecodedPlate.Decode(job, request, cancellation);
        using var plate = new InferredPlate(job, request, decoded.Ingested, cancellation);
        var threads = request.Limits.Threads;
        var matte = plate.Inference.Prepare(plate.Key, plate.Patches, cancellation);
        matte.Run(threads, _ => { }, cancellation);
        var inside = plate.Time.Seconds(Work.NetworkEncode) + plate.Time.Seconds(Work.NetworkMatte);
        return new BenchResult(
            "network", inside / threads, decoded.Seconds, ProcessMemory.PeakBytes / (double)(1 << 20),
            plate.Queries.Count, plate.Queries.Count, plate.Inference.Encodes, threads);
    }
}
