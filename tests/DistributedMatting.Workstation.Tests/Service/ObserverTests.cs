using System.Collections.Concurrent;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Workstation.Results;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests.Service;

/// <summary>What a run tells of its patches.</summary>
public sealed class ObserverTests
{
    [Fact]
    public async Task Every_patch_is_told_from_waiting_to_matted_and_every_query_has_contexts()
    {
        using var harness = new JobHarness();
        var seen = new Seen();
        await harness.Run(job: Observed(harness, seen));

        Assert.True(seen.Unknown > 0);
        Assert.DoesNotContain(PatchState.Matted, seen.First);
        for (var patch = 0; patch < seen.First.Count; patch++)
        {
            PatchState[] expected = seen.First[patch] == PatchState.Known ? [] : [PatchState.Encoded, PatchState.Matted];
            Assert.Equal(expected, seen.Of(patch));
            Assert.Equal(expected.Length > 0, seen.Record.Detail(patch).Contexts.Count > 0);
        }
    }

    [Fact]
    public async Task A_run_that_goes_on_begins_with_what_is_matted_and_keeps_its_contexts()
    {
        using var harness = new JobHarness();
        var (first, mattes) = (new Seen(), 0);
        harness.Network = new FakeNetwork { Before = call => { if (call == "matte" && ++mattes > 5) throw new InvalidOperationException("killed"); } };
        await Assert.ThrowsAsync<InvalidOperationException>(() => harness.Run(harness.Request with { Limits = new WorkstationLimits { Threads = 1 } }, Observed(harness, first)));
        var failed = Assert.Single(first.All, one => one.State == PatchState.Failed).Patch;

        harness.Network = new FakeNetwork();
        var again = new Seen { Before = first.Record };
        await harness.Run(job: Observed(harness, again));
        Assert.Equal(5, again.First.Count(state => state == PatchState.Matted));
        Assert.Contains(PatchState.Matted, again.Of(failed));
        var whole = new Seen();
        harness.Network = new FakeNetwork();
        await harness.Run(harness.Request with { Fresh = true }, Observed(harness, whole));
        for (var patch = 0; patch < whole.First.Count; patch++)
            Assert.Equal(whole.Record.Detail(patch).Contexts, again.Record.Detail(patch).Contexts);
    }

    [Fact]
    public void A_record_comes_back_from_disk_or_not_at_all()
    {
        using var harness = new JobHarness();
        var grid = new PatchGrid(new(400, 300), 32, 8);
        var states = Enumerable.Range(0, grid.Count).Select(i => (PatchState)(i % 5)).ToArray();
        var record = new PatchRecord(grid, states, [new RankedContexts(3, [9, 1], [0.5, 0.25]), new RankedContexts(0, [], [])]);
        var path = Path.Combine(harness.Root, "patches.bin");
        PatchRecordFile.Save(path, record);
        var back = PatchRecordFile.Load(path)!;
        Assert.Equal(record.Map().States, back.Map().States);
        Assert.Equal(record.Detail(3).Contexts, back.Detail(3).Contexts);

        var bytes = File.ReadAllBytes(path);
        bytes["DMP".Length] = (byte)'1';
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - sizeof(uint)), Workstation.Storage.Checksum.Of(bytes.AsSpan(0, bytes.Length - sizeof(uint))));
        File.WriteAllBytes(path, bytes);
        var old = PatchRecordFile.Load(path)!.Detail(3).Contexts;
        Assert.Equal([9, 1], old.Select(context => context.Index));
        Assert.All(old, context => Assert.Null(context.Score));

        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Null(PatchRecordFile.Load(path));
        Assert.Null(PatchRecordFile.Load(path + "nowhere"));
    }

    private static PlateJob Observed(JobHarness harness, Seen seen) => new()
    {
        Network = harness.Network,
        Plate = () => harness.Plate.OpenPlate(),
        Trimap = () => harness.Plate.OpenTrimap(),
        Alpha = harness.Open,
        Observer = seen,
    };

    private sealed class Seen : IPlateObserver
    {
        public PatchRecord? Before { get; init; }

        public IReadOnlyList<PatchState> First { get; private set; } = [];

        public long? Unknown { get; private set; }

        public PatchRecord Record { get; private set; } = null!;

        public ConcurrentQueue<(int Patch, PatchState State)> All { get; } = new();

        public PatchState[] Of(int patch) => [.. All.Where(one => one.Patch == patch).Select(one => one.State)];

        public void Counted(long unknownPixels) => Unknown = unknownPixels;

        public void Cut(PatchGrid grid, IReadOnlyList<PatchState> states) => (First, Record) = ([.. states], PatchRecord.Begin(grid, states, Before));

        public void Became(int patchIndex, PatchState state)
        {
            All.Enqueue((patchIndex, state));
            Record.Became(patchIndex, state);
        }

        public void Ranked(ContextRanking ranking) => Record.Ranked(ranking);

        public void Report(StageProgress value)
        {
        }

        public void Say(string line)
        {
        }
    }
}
