using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Workstation.Encoding;
using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Threads;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Bench;

/// <summary>
/// Crop-and-stitch as people write it today: the whole plate in memory as floats, each query encodes its K contexts
/// again, TGNL is dense, alphas are summed in an image of the plate's size. In its favour: it is told the contexts for
/// nothing, and runs on as many threads.
/// </summary>
/// <remarks>
/// The work of a patch is the same wherever it lies and whichever contexts it has, so a few patches, spread evenly, tell
/// what all of them would take; and the contexts are simply the queries that follow, which spares ranking them here.
/// </remarks>
public static class CropAndStitchBench
{
    /// <summary>
    /// How many queries to measure where nobody says: a query costs 1 + K encodes instead of one, and dense TGNL no more
    /// than 1 + K gathered ones, so this share of them takes about as long as the pipeline takes for all.
    /// </summary>
    /// <param name="queries">Patches that have to be matted.</param>
    /// <param name="contexts">K.</param>
    public static int StandardPatches(int queries, int contexts) => (queries + contexts) / (1 + contexts);

    /// <summary>Mattes some patches so, and says what all would take.</summary>
    /// <param name="job">Whose network, plate, trimap and alpha are taken.</param>
    /// <param name="request">Its folder is a scratch folder that nobody needs afterwards.</param>
    /// <param name="dense">The network's own dense part if it has one; null makes the same work with the gathered part.</param>
    /// <param name="patches">Queries to measure, at least 1; null takes <see cref="StandardPatches"/>. The alpha is 0 where none was.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Core.InvalidInputException">The plate is too large to be held in memory whole.</exception>
    public static Task<BenchResult> RunAsync(
        PlateJob job, MattingRequest request, DenseMatte? dense, int? patches, CancellationToken cancellation)
    {
        if (patches is { } count) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(patches));
        return Task.Run(() => Run(job, request, dense ?? new DenseMatting(job.Network).Matte, patches, cancellation), cancellation);
    }

    private static BenchResult Run(PlateJob job, MattingRequest request, DenseMatte dense, int? patches, CancellationToken cancellation)
    {
        using var decoded = DecodedPlate.Decode(job, request, cancellation);
        var grid = new PatchGrid(decoded.Ingested.Size, job.Network.Shape.Patch, request.Settings.Margin);
        var queries = new PlateQueries(grid, decoded.Ingested.Census);
        var contexts = Math.Min(request.Settings.Contexts, Math.Max(0, queries.Count - 1));
        var measured = Math.Min(queries.Count, patches ?? StandardPatches(queries.Count, contexts));

        var began = job.Clock.GetTimestamp();
        var priors = new PriorsStage(job.Source, job.Network.Shape, request).Solve(decoded.Ingested, cancellation);
        var plate = new WholePlate(decoded.Ingested.Plate, decoded.Ingested.Trimap);
        var seconds = job.Clock.GetElapsedTime(began).TotalSeconds;

        var time = new ThreadTime(job.Clock);
        WorkerGroup.Run("crop", request.Limits.Threads, measured, () => new Crops(job.Network.Shape), (own, i) =>
        {
            using var _ = time.Of(Work.CropAndStitch);
            var query = (int)((2L * i + 1) * queries.Count / (2L * measured));
            var activations = Encode(query).Activations;
            var tokens = Enumerable.Range(1, contexts).Select(k => (Memory<byte>)Encode((query + k) % queries.Count).Tokens).ToArray();
            dense(activations, tokens, own.Alpha);
            plate.Add(queries[query].Bounds, request.Settings.Margin, own.Alpha);

            EncodedPatch Encode(int slot)
            {
                plate.Crop(queries[slot].Bounds, priors, own.Planes);
                return job.Network.Encode(own.Planes);
            }
        }, cancellation);
        if (measured > 0) seconds += time.Seconds(Work.CropAndStitch) / request.Limits.Threads * queries.Count / measured;

        began = job.Clock.GetTimestamp();
        var alpha = plate.Finish();
        seconds += job.Clock.GetElapsedTime(began).TotalSeconds;
        var peak = ProcessMemory.PeakBytes;

        began = job.Clock.GetTimestamp();
        using (var writer = job.Alpha(decoded.Ingested.Size))
        {
            writer.WriteRows(alpha);
            writer.Complete();
        }
        return new BenchResult(
            "crop-and-stitch", seconds, decoded.Seconds + job.Clock.GetElapsedTime(began).TotalSeconds, peak / (double)(1 << 20),
            queries.Count, measured, queries.Count * (1 + contexts), request.Limits.Threads);
    }

    private sealed class Crops(NetworkShape shape) : IDisposable
    {
        public float[] Planes { get; } = new float[shape.InputChannels * shape.Patch * shape.Patch];

        public float[] Alpha { get; } = new float[shape.Patch * shape.Patch];

        public void Dispose()
        {
        }
    }
}
