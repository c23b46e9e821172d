using DistributedMatting.Core.Jobs;
using DistributedMatting.Dashboard.Testing.Pictures;

namespace DistributedMatting.Dashboard.Testing.Jobs;

/// <summary>What a finished job says of itself.</summary>
internal static class Reports
{
    public static MattingReport Finished() => new()
    {
        Width = Scene.Width,
        Height = Scene.Height,
        PatchesTotal = PatchMap.Grid.Count,
        PatchesKnown = PatchMap.Grid.Count - PatchMap.Queries.Length,
        PatchesInferred = PatchMap.Queries.Length,
        PatchesReused = 0,
        PixelsUnknown = 4_012_334,
        Encodes = PatchMap.Queries.Length,
        EncodesReused = 0,
        CacheHits = PatchMap.Queries.Length,
        CacheMisses = 0,
        Seconds = new StageSeconds
        {
            Total = 20.7, Ingest = 1.4, Priors = 2.1, Encode = 9.3, Rank = 0.2, Matte = 7.3, StitchTail = 0.4,
            FileDecode = 1.1, FileEncode = 0.9, NetworkEncode = 17.8, NetworkMatte = 13.2, Inputs = 0.6, Stores = 0.5, Blend = 0.4,
        },
        MegapixelsPerSecond = 1.16,
        SeamRatio = 0.987,
        PeakMemoryMib = 1011,
        ScratchBytes = 412_000_000,
        JobKey = new string('5', 64),
        PlateSha256 = new string('a', 64),
        TrimapSha256 = new string('b', 64),
        Warnings = ["the trimap holds values other than 0, 128 and 255: 1 to 5 were read as background"],
    };

    public static MattingProvenance Provenance(string plate) => new()
    {
        Version = "0.1.0",
        FinishedUtc = DateTimeOffset.UtcNow,
        Plate = plate,
        Trimap = "trimap.png",
        PlateFileSha256 = new string('c', 64),
        TrimapFileSha256 = new string('d', 64),
        Model = "hdmatt-s",
        ModelSha256 = new string('e', 64),
        Device = "CPU, 2 threads",
        Patch = PatchMap.Side,
        Settings = new MattingSettings(),
        Report = Finished(),
    };
}
