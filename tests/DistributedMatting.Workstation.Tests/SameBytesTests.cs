using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Tests;

/// <summary>Invariants 4 and 5.</summary>
public sealed class SameBytesTests : IDisposable
{
    private readonly JobHarness _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(32)]
    public async Task AnyNumberOfThreads_SameBytes(int threads)
    {
        var expected = await _jobs.Undisturbed();
        await _jobs.Run(_jobs.Request with { Limits = new WorkstationLimits { Threads = threads } });
        Assert.Equal(expected, _jobs.Alpha!.Hash);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 5, true)]
    [InlineData(0, 1_000_000, false)]
    [InlineData(4, 0, true)]
    [InlineData(4, 3, true)]
    [InlineData(1_000_000, 0, false)]
    public async Task AnyMemory_SameBytes(int puts, int scratchPatches, bool encodesTwice)
    {
        var expected = await _jobs.Undisturbed();
        _jobs.Network = new();
        var left = puts;
        var scratch = (long)scratchPatches * _jobs.Network.Shape.ActivationBytes;
        var report = await _jobs.Run(
            _jobs.Request with { Limits = new WorkstationLimits { Threads = 3, ScratchBytes = scratch } },
            _jobs.Job(hasRoom: () => Interlocked.Decrement(ref left) >= 0));

        Assert.Equal(expected, _jobs.Alpha!.Hash);
        Assert.Equal(report.PatchesInferred, report.CacheHits + report.CacheMisses);
        Assert.Equal(encodesTwice, report.CacheMisses > 0);
        Assert.Equal(_jobs.Network.Encodes, report.Encodes);
        Assert.Equal(report.PatchesInferred + report.CacheMisses, report.Encodes);
        if (puts == 0 && scratchPatches == 0) Assert.Equal(report.PatchesInferred, report.CacheMisses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task AnyNumberOfContexts_SameBytesWithManyThreads(int contexts)
    {
        var settings = new MattingSettings { Margin = 8, Contexts = Math.Min(contexts, MattingSettings.MaxContexts) };
        var expected = await _jobs.Undisturbed(settings);
        var report = await _jobs.Run(_jobs.Request with { Settings = settings });
        Assert.Equal(expected, _jobs.Alpha!.Hash);
        if (contexts == 0) Assert.Equal(report.PatchesInferred, report.Encodes);
        else Assert.NotEqual(await _jobs.Undisturbed(settings with { Contexts = contexts == 1 ? 2 : 1 }), expected);
    }

    [Fact]
    public async Task WithPriors_SameBytesInOneGoOrResumed()
    {
        var plain = await _jobs.Undisturbed();
        _jobs.Network = new(withPriors: true);
        var expected = await _jobs.Undisturbed();
        Assert.NotEqual(plain, expected);

        using var stop = new CancellationTokenSource();
        var request = _jobs.Request with { PlateIdentity = "p", TrimapIdentity = "t", Limits = new WorkstationLimits { Threads = 5 } };
        var stopped = _jobs.Job(new Hear(p =>
        {
            if (p.Stage == MattingStage.Matte && p.Done == 7) stop.Cancel();
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.RunAsync(request, stop.Token));
        Assert.True((await _jobs.Run(request)).PatchesReused >= 7);
        Assert.Equal(expected, _jobs.Alpha!.Hash);
    }

    [Fact]
    public async Task KnownPixels_ExactlyZeroOrOne()
    {
        await _jobs.Run();
        var (size, seen) = (_jobs.Plate.Size, new int[3]);
        for (var y = 0; y < size.Height; y++)
            for (var x = 0; x < size.Width; x++)
            {
                var region = _jobs.Plate[x, y];
                seen[(int)region]++;
                if (region == Region.Unknown) Assert.InRange(_jobs.Alpha![x, y], 0f, 1f);
                else Assert.Equal(region == Region.Foreground ? 1f : 0f, _jobs.Alpha![x, y]);
            }
        Assert.All(seen, count => Assert.True(count > 0));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public async Task DeepPlate_KeepsItsDepth(int bitDepth)
    {
        var expected = await _jobs.Undisturbed();
        _jobs.Plate = new(203, 150, seed: 1, bitDepth);
        Assert.NotEqual(expected, await _jobs.Undisturbed());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 300)]
    [InlineData(31, 33)]
    [InlineData(32, 32)]
    public async Task SmallPlates_AreMatted(int width, int height)
    {
        _jobs.Plate = new(width, height) { Trimap = (x, y) => (x + y) % 3 == 0 ? Region.Foreground : Region.Unknown };
        var report = await _jobs.Run();
        Assert.Equal(report.PatchesTotal, report.PatchesInferred + report.PatchesKnown);
        Assert.True(_jobs.Alpha!.IsComplete && _jobs.Alpha.IsDisposed);
    }
}
