using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Stitching;

public class BandStitcherTests
{
    [Fact]
    public void CropsOfAnyImage_GiveThatImage() => Cuts.ForAll(cut =>
    {
        var random = cut.Random();
        var matte = new ushort[cut.Size.Pixels];
        foreach (ref var value in matte.AsSpan()) value = (ushort)random.Next(65536);
        var crops = new PatchCrops(cut.Grid, matte);

        var stitched = Stitch(cut, MemoryTrimap.Filled(cut.Size, Region.Unknown), crops, Enumerable.Range(0, cut.Grid.Count));

        Assert.All(crops.Reads, reads => Assert.Equal(1, reads));
        for (var i = 0; i < matte.Length; i++) Assert.InRange(stitched[i], matte[i] / 65535.0 - 1e-6, matte[i] / 65535.0 + 1e-6);
    });

    [Fact]
    public void KnownPixels_AreExactlyZeroOrOne_AndOthersStayInRange() => Cuts.ForAll(cut =>
    {
        var trimap = MemoryTrimap.Blocks(cut.Size, cut.Random());

        var stitched = Stitch(cut, trimap, new PatchNoise(cut.Grid, cut.Seed), Enumerable.Range(0, cut.Grid.Count));

        for (var i = 0; i < stitched.Length; i++)
        {
            if (trimap.Regions[i] == (byte)Region.Background) Assert.Equal(0f, stitched[i]);
            else if (trimap.Regions[i] == (byte)Region.Foreground) Assert.Equal(1f, stitched[i]);
            else Assert.InRange(stitched[i], 0f, 1f);
        }
    });

    [Fact]
    public void AnyOrderOfCompletion_GivesTheSameBytes() => Cuts.ForAll(cut =>
    {
        var trimap = MemoryTrimap.Blocks(cut.Size, cut.Random());
        var alphas = new PatchNoise(cut.Grid, cut.Seed);
        var order = Enumerable.Range(0, cut.Grid.Count).ToArray();
        var inOrder = Stitch(cut, trimap, alphas, order);

        cut.Random().Shuffle(order);
        var shuffled = Stitch(cut, trimap, alphas, order.Concat(order));

        Assert.Equal(inOrder, shuffled);
    });

    [Fact]
    public void Blending_EqualsEquation6WrittenOut() => Cuts.ForAll(cut =>
    {
        var grid = cut.Grid;
        var alphas = new PatchNoise(grid, cut.Seed);
        var sum = new double[cut.Size.Pixels];
        var weights = new double[cut.Size.Pixels];
        var patchAlpha = new ushort[grid.Side * grid.Side];
        for (var index = 0; index < grid.Count; index++)
        {
            var patch = grid[index];
            alphas.Read(index, patchAlpha);
            for (var y = patch.Bounds.Y; y < Math.Min(patch.Bounds.Bottom, cut.Height); y++)
                for (var x = patch.Bounds.X; x < Math.Min(patch.Bounds.Right, cut.Width); x++)
                {
                    var weight = BlendWeightsTests.Equation5(grid, patch, x, y);
                    weights[y * cut.Width + x] += weight;
                    sum[y * cut.Width + x] += weight * patchAlpha[(y - patch.Bounds.Y) * grid.Side + x - patch.Bounds.X] / 65535;
                }
        }

        var stitched = Stitch(cut, MemoryTrimap.Filled(cut.Size, Region.Unknown), alphas, Enumerable.Range(0, grid.Count));

        for (var i = 0; i < stitched.Length; i++) Assert.Equal(sum[i] / weights[i], stitched[i], 1e-6);
    });

    [Fact]
    public void PatchesWithoutUnknownPixels_AreNeitherReadNorWaitedFor()
    {
        var cut = new Cut(40, 40, 16, 4, 1);
        var trimap = MemoryTrimap.Filled(cut.Size, Region.Foreground);
        trimap.Regions[0] = (byte)Region.Unknown;
        var crops = new PatchCrops(cut.Grid, new ushort[cut.Size.Pixels]);

        var stitched = Stitch(cut, trimap, crops, [0]);

        Assert.Equal(0f, stitched[0]);
        Assert.All(stitched[1..], alpha => Assert.Equal(1f, alpha));
        Assert.Equal(1, crops.Reads.Sum());
    }

    [Fact]
    public void Complete_PatchMissing_NamesIt()
    {
        var cut = new Cut(40, 40, 16, 4, 1);
        var stitcher = Stitcher(cut, MemoryTrimap.Filled(cut.Size, Region.Unknown), new PatchNoise(cut.Grid, 1), new MatteRows(cut.Size));
        for (var i = 0; i < cut.Grid.Count; i++)
            if (i != 5) stitcher.Finished(i);
        while (stitcher.TryAdvance(TestContext.Current.CancellationToken)) { }

        var exception = Assert.Throws<InvalidOperationException>(stitcher.Complete);

        Assert.Contains("patch 5 never finished", exception.Message, StringComparison.Ordinal);
        Assert.Equal(12, stitcher.RowsWritten);
    }

    [Fact]
    public async Task Run_FinishedFromManyThreads_WritesAll()
    {
        var cut = new Cut(200, 150, 16, 4, 3);
        var rows = new MatteRows(cut.Size);
        var stitcher = Stitcher(cut, MemoryTrimap.Filled(cut.Size, Region.Unknown), new PatchNoise(cut.Grid, 3), rows);
        var run = Task.Run(() => stitcher.Run(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Parallel.For(0, cut.Grid.Count, stitcher.Finished);
        await run;

        stitcher.Complete();
        Assert.Equal(cut.Height, rows.Next);
    }

    [Fact]
    public async Task Run_Cancelled_StopsWaiting()
    {
        var cut = new Cut(40, 40, 16, 4, 1);
        var stitcher = Stitcher(cut, MemoryTrimap.Filled(cut.Size, Region.Unknown), new PatchNoise(cut.Grid, 1), new MatteRows(cut.Size));
        using var stop = new CancellationTokenSource();
        var run = Task.Run(() => stitcher.Run(stop.Token), TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static float[] Stitch(Cut cut, MemoryTrimap trimap, IPatchAlphas alphas, IEnumerable<int> finished)
    {
        var rows = new MatteRows(cut.Size);
        var stitcher = Stitcher(cut, trimap, alphas, rows);
        foreach (var patch in finished)
        {
            stitcher.Finished(patch);
            stitcher.TryAdvance();
        }
        while (stitcher.TryAdvance()) { }
        stitcher.Complete();
        Assert.Equal(cut.Height, rows.Next);
        return rows.Alpha;
    }

    private static BandStitcher Stitcher(Cut cut, MemoryTrimap trimap, IPatchAlphas alphas, IAlphaRows rows)
    {
        var census = new PatchCensus(cut.Grid);
        census.Add(trimap.Regions);
        return new BandStitcher(cut.Grid, trimap, census.Inferred(), alphas, rows);
    }
}
