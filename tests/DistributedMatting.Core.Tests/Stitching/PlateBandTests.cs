using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Stitching;

public class PlateBandTests
{
    [Fact]
    public void BandsOfAnyHeight_OneAfterAnother_AreTheWholePlatesBits() => Cuts.ForAll(cut =>
    {
        var trimap = MemoryTrimap.Blocks(cut.Size, cut.Random());
        var census = new PatchCensus(cut.Grid);
        census.Add(trimap.Regions);
        var alphas = new PatchNoise(cut.Grid, cut.Seed);
        var whole = new MatteRows(cut.Size);
        var stitcher = new BandStitcher(cut.Grid, trimap, census.Inferred(), alphas, whole);
        for (var patch = 0; patch < cut.Grid.Count; patch++) stitcher.Finished(patch);
        stitcher.Run();

        var rows = new MatteRows(cut.Size);
        foreach (var band in PlateBand.Of(cut.Grid, 1 + cut.Seed % 4))
        {
            Assert.Equal(rows.Next, band.FirstRow);
            band.Stitch(trimap, census.Inferred(), alphas, rows);
            Assert.Equal(rows.Next, band.FirstRow + band.Rows);
        }

        Assert.Equal(cut.Height, rows.Next);
        Assert.Equal(whole.Alpha, rows.Alpha);
    });

    [Fact]
    public void Band_ReadsNoPatchThatItDoesNotName() => Cuts.ForAll(cut =>
    {
        var trimap = MemoryTrimap.Blocks(cut.Size, cut.Random());
        var inferred = Enumerable.Repeat(true, cut.Grid.Count).ToArray();
        foreach (var band in PlateBand.Of(cut.Grid, 2))
        {
            var alphas = new Watched(new PatchNoise(cut.Grid, cut.Seed));
            band.Stitch(trimap, inferred, alphas, new Ignored());
            Assert.All(alphas.Read, patch => Assert.InRange(patch, band.Patches.Start.Value, band.Patches.End.Value - 1));
        }
    });

    private sealed class Watched(IPatchAlphas inner) : IPatchAlphas
    {
        public List<int> Read { get; } = [];

        void IPatchAlphas.Read(int patchIndex, Span<ushort> alpha)
        {
            Read.Add(patchIndex);
            inner.Read(patchIndex, alpha);
        }
    }

    private sealed class Ignored : IAlphaRows
    {
        public void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions)
        {
        }
    }
}
