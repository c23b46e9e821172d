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

    /// <summary>So thin that many a patch sees both of its sides, and others one.</summary>
    private static FakePlate ThinRing => new(203, 150)
    {
        Trimap = (x, y) => Math.Sqrt((x - 95) * (x - 95) + (y - 70) * (y - 70)) switch { < 40 => Region.Foreground, < 50 => Region.Unknown, _ => Region.Background },
    };

    private string Folder => Path.Combine(_harness.Root, "taken");

    private PlateSource Source => new() { Plate = () => _harness.Plate.OpenPlate(), Trimap = () => _harness.Plate.OpenTrimap() };

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(0, ContextUse.EveryQuery)]
    [InlineData(3, ContextUse.EveryQuery)]
    [InlineData(3, ContextUse.OneSidedQueries)]
    public async Task StageByStage_InAnyOrder_IsTheSameBytes(int contexts, ContextUse use)
    {
        if (use == ContextUse.OneSidedQueries) _harness.Plate = ThinRing;
        var settings = new MattingSettings { Margin = 8, Contexts = contexts, ContextUse = use };
        var expected = await _harness.Undisturbed(settings);
        var report = await _harness.Run(_harness.Request with { Settings = settings });

        var manifest = Take(settings);
        using var room = PlateRoom.Open(Folder);
        using var runner = new PatchRunner(_harness.Network, room);
        int[] queries = [.. Enumerable.Range(0, room.Grid.Count).Where(patch => room.Inferred[patch])];
        var encoded = queries.Reverse().ToDictionary(patch => patch, patch => runner.Encode(patch));
        var ranking = new ContextRanker(contexts).Rank(
            [.. queries.Where(patch => room.Asks[patch]).Select(patch => new PooledVector(patch, encoded[patch].QuerySum))],
            [.. queries.Select(patch => new PooledVector(patch, encoded[patch].ContextSum))],
            cancellation: TestContext.Current.CancellationToken).And(queries.Where(patch => !room.Asks[patch]));
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
    public async Task WhoSeesBothSides_AsksNobody()
    {
        _harness.Plate = ThinRing;
        var settings = new MattingSettings { Margin = 8, ContextUse = ContextUse.OneSidedQueries };
        Take(settings);
        using var room = PlateRoom.Open(Folder);
        var asking = 0;
        for (var patch = 0; patch < room.Grid.Count; patch++)
        {
            var bounds = room.Grid[patch].Bounds;
            var (width, height) = (Math.Min(bounds.Right, room.Grid.Size.Width) - bounds.X, Math.Min(bounds.Bottom, room.Grid.Size.Height) - bounds.Y);
            var regions = new byte[width * height];
            room.Trimap.ReadRegions(new PixelRect(bounds.X, bounds.Y, width, height), regions);
            var seesBoth = regions.Contains((byte)Region.Foreground) && regions.Contains((byte)Region.Background);
            Assert.Equal(regions.Contains((byte)Region.Unknown) && !seesBoth, room.Asks[patch]);
            if (room.Asks[patch]) asking++;
        }

        Assert.InRange(asking, 1, room.Inferred.Count(inferred => inferred) - 1);
        var all = await _harness.Undisturbed(settings with { ContextUse = ContextUse.EveryQuery });
        Assert.NotEqual(all, await _harness.Undisturbed(settings));
    }

    [Fact]
    public void FolderWithoutAPlate_IsSaidPlainly()
    {
        Assert.Null(PlateRoom.Look(Folder));
        Assert.Contains("no plate was taken in here", Assert.Throws<InvalidInputException>(() => PlateRoom.Open(Folder)).Message);
        Take(new MattingSettings { Margin = 8 });
        File.WriteAllBytes(Path.Combine(Folder, "trimap.bands"), [1]);
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
