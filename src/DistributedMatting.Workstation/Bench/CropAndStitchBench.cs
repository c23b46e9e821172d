using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Priors;
using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Threads;

namespace DistributedMatting.Workstation.Bench;

/// <summary>
/// Crop-and-stitch as people write it today: the whole plate in memory as floats, each query encodes its K contexts
/// again, TGNL is dense, alphas are summed in an image of the plate's size. In its favour: it is told the contexts for
/// nothing, and runs on as many threads.
/// </summary>
public static class CropAndStitchBench
{
    /// <summary>Mattes the plate so.</summary>
    /// <param name="job">Whose network, plate, trimap and alpha are taken.</param>
    /// <param name="request">Its folder is a scratch folder that nobody needs afterwards.</param>
    /// <param name="dense">The network's own dense part if it has one; null makes the same work with the gathered part.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Task<BenchResult> RunAsync(PlateJob job, MattingRequest request, DenseMatte? dense, CancellationToken cancellation) =>
        Task.Run(() => Run(job, request, dense ?? new DenseMatting(job.Network).Matte, cancellation), cancellation);

    private static BenchResult Run(PlateJob job, MattingRequest request, DenseMatte dense, CancellationToken cancellation)
    {
        using var decoded = DecodedPlate.Decode(job, request, cancellation);
        var (queries, contexts, priors, priorSeconds) = Told(job, request, decoded, cancellation);

        var began = job.Clock.GetTimestamp();
        var plate = new WholePlate(decoded.Ingested.Plate, decoded.Ingested.Trimap);
        WorkerGroup.Run("crop", request.Limits.Threads, queries.Count, () => new Crops(job.Network.Shape), (own, query) =>
        {
            var patch = queries[query];
            var activations = Encode(patch).Activations;
            var tokens = contexts[query].Select(context => (Memory<byte>)Encode(context).Tokens).ToArray();
            dense(activations, tokens, own.Alpha);
            plate.Add(patch.Bounds, request.Settings.Margin, own.Alpha);

            EncodedPatch Encode(Patch crop)
            {
                plate.Crop(crop.Bounds, priors, own.Planes);
                return job.Network.Encode(own.Planes);
            }
        }, cancellation);
        var alpha = plate.Finish();
        var seconds = priorSeconds + job.Clock.GetElapsedTime(began).TotalSeconds;
        var peak = ProcessMemory.PeakBytes;

        began = job.Clock.GetTimestamp();
        using (var writer = job.Alpha(decoded.Ingested.Size))
        {
            writer.WriteRows(alpha);
            writer.Complete();
        }
        return new BenchResult(
            "crop-and-stitch", seconds, decoded.Seconds + job.Clock.GetElapsedTime(began).TotalSeconds, peak / (double)(1 << 20),
            queries.Count, queries.Count + contexts.Sum(k => k.Length), request.Limits.Threads);
    }

    // The pipeline's own ranking, so that both work on the same contexts. The priors are as dear for everyone.
    private static (PlateQueries Queries, Patch[][] Contexts, IPriors? Priors, double PriorSeconds) Told(
        PlateJob job, MattingRequest request, DecodedPlate decoded, CancellationToken cancellation)
    {
        using var plate = new InferredPlate(job, request, decoded.Ingested, cancellation);
        plate.Inference.Prepare(plate.Key, plate.Patches, cancellation);
        var grid = new PatchGrid(decoded.Ingested.Size, job.Network.Shape.Patch, request.Settings.Margin);
        var contexts = Enumerable.Range(0, plate.Queries.Count)
            .Select(slot => plate.Inference.ContextsOf(plate.Queries[slot].Index).Select(index => grid[index]).ToArray()).ToArray();
        return (plate.Queries, contexts, plate.Inference.Priors, plate.PriorSeconds);
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
