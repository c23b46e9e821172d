using DistributedMatting.Core;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Stages;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests;

/// <summary>The stages one by one, as a farm runs them, give what the whole job gives.</summary>
public sealed class StagesTests : IDisposable
{
    private readonly JobHarness _harness = new();

    private string Folder => Path.Combine(_harness.Root, "taken");

    private PlateSource Source => new() { Plate = () => _harness.Plate.OpenPlate(), Trimap = () => _harness.Plate.OpenTrimap() };

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task StageByStage_InAnyOrder_IsTheSameBytes(int contexts)
    {
        var settings = new MattingSettings { Margin = 8, Contexts = contexts };
        var expected = await _harness.Undisturbed(settings);
        var report = await _harness.Run(_harness.Request with { Settings = settings });

        var manifest = Take(settings);
        using var room = PlateRoom.Open(Folder);
        using var runner = new PatchRunner(_harness.Network, room);
        int[] queries = [.. Enumerable.Range(0, room.Grid.Count).Where(patch => room.Inferred[patch])];
        var encoded = queries.Reverse().ToDictionary(patch => patch, patch => runner.Encode(patch));
        var ranking = new ContextRanker(contexts).Rank(
            [.. queries.Select(patch => new PooledVector(patch, encoded[patch].QuerySum))],
            [.. queries.Select(patch => new PooledVector(patch, encoded[patch].ContextSum))],
            cancellation: TestContext.Current.CancellationToken);
        var alphas = new Alphas();
        foreach (var patch in queries.Reverse())
        {
            ReadOnlyMemory<byte>[] tokens = [.. ranking.Of(patch).Patches.Select(context => (ReadOnlyMemory<byte>)encoded[context].Tokens)];
            alphas.Add(patch, runner.Matte(patch, encoded[patch].Activations, tokens).ToArray());
        }
        using var alpha = new MemoryAlpha(room.Grid.Size);
        foreach (var band in PlateBand.Of(room.Grid, 2))
            band.Stitch(room.Trimap, room.Inferred.ToArray(), alphas, new ToAlpha(alpha), TestContext.Current.CancellationToken);
        alpha.Complete();

        Assert.Equal(expected, alpha.Hash);
        Assert.Equal(report.JobKey, manifest.Key);
        Assert.Equal((report.PlateSha256, report.TrimapSha256), (manifest.PlateSha256, manifest.TrimapSha256));
    }

    [Fact]
    public void FolderWithoutAPlate_IsSaidPlainly()
    {
        Assert.Null(PlateRoom.Look(Folder));
        Assert.Contains("no plate was taken in here", Assert.Throws<InvalidInputException>(() => PlateRoom.Open(Folder)).Message);
        Take(new MattingSettings { Margin = 8 });
        File.WriteAllBytes(Path.Combine(Folder, "trimap.raw"), [1]);
        Assert.Throws<InvalidInputException>(() => PlateRoom.Open(Folder));
    }

    [Fact]
    public void ManyMayHaveItOpen()
    {
        Take(new MattingSettings { Margin = 8 });
        using var one = PlateRoom.Open(Folder);
        using var two = PlateRoom.Open(Folder);
        Assert.Equal(one.Manifest, two.Manifest);
    }

    private PlateManifest Take(MattingSettings settings) => PlateRoom.Take(
        Folder, Source, _harness.Network.Shape, _harness.Request with { Settings = settings }, TestContext.Current.CancellationToken);

    private sealed class Alphas : Dictionary<int, ushort[]>, IPatchAlphas
    {
        public void Read(int patchIndex, Span<ushort> alpha) => this[patchIndex].CopyTo(alpha);
    }

    private sealed class ToAlpha(IAlphaWriter writer) : IAlphaRows
    {
        public void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions) => writer.WriteRows(alpha);
    }
}
