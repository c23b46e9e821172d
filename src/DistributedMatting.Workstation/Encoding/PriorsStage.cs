using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors;
using DistributedMatting.Workstation.Ingest;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Encoding;

/// <summary>
/// Solves the priors of a plate, if the network takes any. They are not kept in the job's folder: the result is the
/// same however often they are solved, and a resumed job needs them only if patches are missing.
/// </summary>
internal sealed class PriorsStage(PlateSource source, NetworkShape shape, MattingRequest request)
{
    private PlateReducer? _reducer;

    private bool IsNeeded => shape.TakesPriors;

    /// <summary>What a new plate's rows stream past while they are taken in.</summary>
    public RowSink? Begin(PixelSize size)
    {
        if (!IsNeeded) return null;
        _reducer = new PlateReducer(size, request.Priors);
        return Add;
    }

    public PlatePriors? Solve(IngestedPlate plate, CancellationToken cancellation)
    {
        if (!IsNeeded) return null;
        var clock = new StageClock(source.Clock, source.Progress, MattingStage.Priors, 1, "steps");
        if (_reducer is null) ScratchRows.ForEach(plate.Plate, plate.Trimap, Begin(plate.Size)!, cancellation);
        var reduced = _reducer!.Finish();
        _reducer = null;
        var priors = PlatePriors.Solve(reduced, request.Priors with { Threads = request.Limits.Threads }, cancellation);
        clock.Add(1);
        return priors;
    }

    private void Add(ReadOnlySpan<ushort> rgb, ReadOnlySpan<byte> regions)
    {
        _reducer!.AddPlate(rgb);
        _reducer.AddTrimap(regions);
    }
}
