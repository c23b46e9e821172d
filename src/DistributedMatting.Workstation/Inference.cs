using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Workstation.Encoding;
using DistributedMatting.Workstation.Ingest;
using DistributedMatting.Workstation.Jobs;
using DistributedMatting.Workstation.Matting;
using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Storage;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation;

/// <summary>What has to be there before the first query can be matted: priors, tokens, activations, contexts.</summary>
internal sealed class Inference(
    PlateJob job, MattingRequest request, JobFolder folder, IngestedPlate plate, PlateQueries queries,
    PriorsStage priors, ThreadTime time, ReportBuilder report) : IDisposable
{
    private PatchEncoder? _encoder;
    private ActivationCache? _cache;
    private TokenStore? _tokens;
    private int _encodesReused;

    /// <summary>Encoder calls so far.</summary>
    public int Encodes => _encoder?.Calls ?? 0;

    /// <summary>Encodes and ranks; gives the stage that mattes.</summary>
    public MatteStage Prepare(JobKey key, PatchStore patches, CancellationToken cancellation)
    {
        var network = job.Network;
        var solved = report.Timed(MattingStage.Priors, () => priors.Solve(plate, cancellation));
        var room = new MemoryRoom(request.Limits, network.Shape, request.Settings.Contexts, plate.Size);
        _encoder = new PatchEncoder(network, new PatchReader(plate.Plate, plate.Trimap), solved, time);
        _cache = new ActivationCache(
            folder.Activations, network.Shape.ActivationBytes, job.HasRoom ?? room.HasRoom,
            Math.Min(request.Limits.ScratchBytes, DiskSpace.FreeBytes(folder.Path) / 2));

        // Without contexts nobody asks for tokens: each query is encoded when it is matted.
        if (request.Settings.Contexts == 0)
            return new MatteStage(job, queries, _encoder, null, _cache, null, patches, time);

        var threads = request.Limits.Threads;
        _tokens = TokenStore.Open(folder.Tokens, Convert.FromHexString(key.Value), network.Shape, queries.Count, cancellation);
        _encodesReused = _tokens.Count;
        report.Timed(MattingStage.Encode, () => new EncodeStage(job, queries, _encoder, _tokens, _cache).Run(threads, cancellation));
        var ranking = report.Timed(MattingStage.Rank, () => new RankStage(job, queries, _tokens).Run(request.Settings, threads, cancellation));
        return new MatteStage(job, queries, _encoder, _tokens, _cache, ranking, patches, time);
    }

    public void Count(MatteStage matte) => report.Count(_encoder!, matte, _cache!, _tokens, _encodesReused);

    public void Dispose()
    {
        _cache?.Dispose();
        _tokens?.Dispose();
    }
}
