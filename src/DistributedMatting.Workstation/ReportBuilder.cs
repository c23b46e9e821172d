using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Encoding;
using DistributedMatting.Workstation.Ingest;
using DistributedMatting.Workstation.Matting;
using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation;

/// <summary>Collects what a run did.</summary>
internal sealed class ReportBuilder(PlateJob job)
{
    private readonly long _began = job.Clock.GetTimestamp();
    private readonly double[] _seconds = new double[Enum.GetValues<MattingStage>().Length];
    private readonly List<string> _warnings = [];
    private int _encodes;
    private int _encodesReused;
    private int _hits;
    private int _misses;
    private long _scratch;

    public void Warn(string line)
    {
        _warnings.Add(line);
        job.Warning?.Invoke(line);
    }

    /// <summary>Runs a stage and takes its wall time.</summary>
    public T Timed<T>(MattingStage stage, Func<T> work)
    {
        var began = job.Clock.GetTimestamp();
        using var trace = MattingTelemetry.Begin(stage);
        try
        {
            return work();
        }
        finally
        {
            _seconds[(int)stage] += job.Clock.GetElapsedTime(began).TotalSeconds;
        }
    }

    /// <inheritdoc cref="Timed{T}"/>
    public void Timed(MattingStage stage, Action work) => Timed(stage, () =>
    {
        work();
        return true;
    });

    /// <summary>Counts what inference did, before its stores are closed.</summary>
    public void Count(PatchEncoder encoder, MatteStage matte, ActivationCache cache, TokenStore? tokens, int encodesReused)
    {
        (_encodes, _encodesReused) = (encoder.Calls, encodesReused);
        (_hits, _misses) = (matte.CacheHits, matte.CacheMisses);
        _scratch += cache.ScratchBytes + (tokens?.Bytes ?? 0);
    }

    public MattingReport Build(JobKey key, IngestedPlate plate, PlateQueries queries, PatchStore patches, SeamFigure seams, ThreadTime time)
    {
        var total = job.Clock.GetElapsedTime(_began).TotalSeconds;
        return new MattingReport
        {
            Width = plate.Size.Width,
            Height = plate.Size.Height,
            PatchesTotal = queries.Inferred.Length,
            PatchesKnown = queries.Inferred.Length - queries.Count,
            PatchesInferred = queries.ToMatte.Count,
            PatchesReused = queries.Count - queries.ToMatte.Count,
            PixelsUnknown = plate.Census.UnknownPixels,
            Encodes = _encodes,
            EncodesReused = _encodesReused,
            CacheHits = _hits,
            CacheMisses = _misses,
            Seconds = Seconds(total, time),
            MegapixelsPerSecond = total > 0 ? plate.Size.Pixels / 1e6 / total : 0,
            SeamRatio = seams.Samples > 0 ? seams.Ratio : null,
            PeakMemoryMib = ProcessMemory.PeakBytes / (double)(1 << 20),
            ScratchBytes = _scratch + plate.Bytes + patches.Bytes,
            JobKey = key.Value,
            PlateSha256 = plate.PlateSha256,
            TrimapSha256 = plate.TrimapSha256,
            Warnings = _warnings,
        };
    }

    private StageSeconds Seconds(double total, ThreadTime time) => new()
    {
        Total = total,
        Ingest = _seconds[(int)MattingStage.Ingest],
        Priors = _seconds[(int)MattingStage.Priors],
        Encode = _seconds[(int)MattingStage.Encode],
        Rank = _seconds[(int)MattingStage.Rank],
        Matte = _seconds[(int)MattingStage.Matte],
        StitchTail = _seconds[(int)MattingStage.Stitch],
        FileDecode = time.Seconds(Work.FileDecode),
        FileEncode = time.Seconds(Work.FileEncode) + time.Seconds(Work.FileFinish),
        NetworkEncode = time.Seconds(Work.NetworkEncode),
        NetworkMatte = time.Seconds(Work.NetworkMatte),
        Inputs = time.Seconds(Work.Inputs),
        Stores = time.Seconds(Work.Stores) + time.Seconds(Work.StitchReads),
        Blend = Math.Max(0, time.Seconds(Work.Stitch) - time.Seconds(Work.StitchReads) - time.Seconds(Work.FileEncode)),
    };
}
