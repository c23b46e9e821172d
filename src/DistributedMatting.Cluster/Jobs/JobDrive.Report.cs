using System.Globalization;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Jobs;

internal sealed partial class JobDrive
{
    private MattingReport Report(PlateManifest manifest, int queries, int patches, int reused, int encodesReused, string seams)
    {
        var total = clock.GetElapsedTime(_began).TotalSeconds;
        return new MattingReport
        {
            Width = manifest.Size.Width,
            Height = manifest.Size.Height,
            PatchesTotal = patches,
            PatchesKnown = patches - queries,
            PatchesInferred = queries - reused,
            PatchesReused = reused,
            PixelsUnknown = manifest.UnknownPixels,
            Encodes = Math.Max(0, queries - encodesReused),
            EncodesReused = encodesReused,
            CacheHits = 0,
            CacheMisses = 0,
            Seconds = new StageSeconds
            {
                Total = total,
                Ingest = _seconds.GetValueOrDefault(MattingStage.Ingest),
                Encode = _seconds.GetValueOrDefault(MattingStage.Encode),
                Rank = _seconds.GetValueOrDefault(MattingStage.Rank),
                Matte = _seconds.GetValueOrDefault(MattingStage.Matte),
                StitchTail = _seconds.GetValueOrDefault(MattingStage.Stitch),
            },
            MegapixelsPerSecond = total > 0 ? manifest.Size.Pixels / 1e6 / total : 0,
            SeamRatio = seams.Length > 0 ? double.Parse(seams, CultureInfo.InvariantCulture) : null,
            PeakMemoryMib = ProcessMemory.PeakBytes / (double)(1 << 20),
            ScratchBytes = 0,
            JobKey = manifest.Key,
            PlateSha256 = manifest.PlateSha256,
            TrimapSha256 = manifest.TrimapSha256,
            Warnings = [.. _warnings],
        };
    }
}
