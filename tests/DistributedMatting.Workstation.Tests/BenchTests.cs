using DistributedMatting.Workstation.Bench;

namespace DistributedMatting.Workstation.Tests;

public sealed class BenchTests : IDisposable
{
    private readonly JobHarness _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task ThreeWays_MakeTheCallsThatTheyClaim_AndLeaveNothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var network = await NetworkBench.RunAsync(_jobs.Job(), _jobs.Request, cancellation);
        Assert.Equal((network.Queries, network.Queries), (_jobs.Network.Encodes, _jobs.Network.Mattes));
        Assert.Null(_jobs.Alpha);

        _jobs.Network = new();
        var pipeline = await PipelineBench.RunAsync(_jobs.Job(), _jobs.Request, cancellation);
        Assert.Equal((network.Queries, network.Queries), (_jobs.Network.Encodes, _jobs.Network.Mattes));
        Assert.True(_jobs.Alpha!.IsComplete);
        var hash = _jobs.Alpha.Hash;

        _jobs.Network = new();
        var crops = await CropAndStitchBench.RunAsync(_jobs.Job(), _jobs.Request, null, patches: int.MaxValue, cancellation);
        Assert.Equal((network.Queries, network.Queries), (crops.Queries, crops.Measured));
        Assert.Equal((network.Queries * 4, network.Queries * 4), (crops.Encodes, _jobs.Network.Encodes));
        Assert.True(_jobs.Alpha.IsComplete);

        Assert.All([network, pipeline, crops], result => Assert.True(result.Seconds > 0 && result.PeakMemoryMib > 0));
        Assert.Empty(Directory.GetFileSystemEntries(_jobs.Root));
        Assert.Equal(await _jobs.Undisturbed(), hash);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(null, 9)]
    public async Task CropAndStitch_SomePatches_ScaledUpToAll(int? patches, int measured)
    {
        _jobs.Plate = new(203, 150);
        var crops = await CropAndStitchBench.RunAsync(_jobs.Job(), _jobs.Request, null, patches, TestContext.Current.CancellationToken);

        Assert.Equal(measured, crops.Measured);
        Assert.Equal((measured * 4, measured), (_jobs.Network.Encodes, _jobs.Network.Mattes));
        Assert.Equal(crops.Queries * 4, crops.Encodes);
        Assert.All(_jobs.Alpha!.Values, alpha => Assert.InRange(alpha, 0f, 1f));
    }

    /// <summary>Told what the pipeline uses instead of the dense layer, crop-and-stitch gives the pipeline's matte.</summary>
    [Fact]
    public async Task CropAndStitch_WithoutContexts_SameMatte()
    {
        var request = _jobs.Request with { Settings = _jobs.Request.Settings with { Contexts = 0 } };
        await _jobs.Run(request);
        var ours = _jobs.Alpha!.Values;
        await CropAndStitchBench.RunAsync(
            _jobs.Job(), request with { JobFolder = _jobs.Folder + "2" },
            (activations, tokens, alpha) => _jobs.Network.Matte(activations, [.. tokens.Select(t => (ReadOnlyMemory<byte>)t)], alpha),
            patches: null, TestContext.Current.CancellationToken);
        var size = _jobs.Plate.Size;

        // Their weights fall off at the plate's own edges too; inside the plate both are normalised alike.
        for (var y = 8; y < size.Height - 32; y++)
            for (var x = 8; x < size.Width - 32; x++)
                Assert.Equal(ours[y * size.Width + x], _jobs.Alpha[x, y], 3e-5f);
    }
}
