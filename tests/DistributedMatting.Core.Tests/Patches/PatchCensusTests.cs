using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Patches;

public class PatchCensusTests
{
    [Fact]
    public void Census_InAnyPieces_EqualsLookingAtEachPatch() => Cuts.ForAll(cut =>
    {
        var random = cut.Random();
        var trimap = MemoryTrimap.Blocks(cut.Size, random);
        var census = new PatchCensus(cut.Grid);
        while (!census.IsComplete)
        {
            var rows = random.Next(0, cut.Height - census.RowsSeen + 1);
            census.Add(trimap.Regions.AsSpan(census.RowsSeen * cut.Width, rows * cut.Width));
        }

        for (var index = 0; index < cut.Grid.Count; index++)
        {
            var bounds = cut.Grid[index].Bounds;
            var inside = new PixelRect(
                bounds.X, bounds.Y, Math.Min(bounds.Right, cut.Width) - bounds.X, Math.Min(bounds.Bottom, cut.Height) - bounds.Y);
            var regions = new byte[inside.Width * inside.Height];
            trimap.ReadRegions(inside, regions);
            foreach (var region in Enum.GetValues<Region>())
                Assert.Equal(regions.Contains((byte)region), census.Has(index, region));
            Assert.Equal(census.HasUnknown(index), census.Inferred()[index]);
            var both = regions.Contains((byte)Region.Foreground) && regions.Contains((byte)Region.Background);
            Assert.Equal(census.HasUnknown(index) && !both, census.IsOneSided(index));
        }
        Assert.Equal(census.Inferred().Count(inferred => inferred), census.InferredCount);
        Assert.Equal(
            Enum.GetValues<Region>().Select(region => trimap.Regions.LongCount(r => r == (byte)region)),
            [census.BackgroundPixels, census.UnknownPixels, census.ForegroundPixels]);
    });

    [Fact]
    public void TooManyRows_OrNoWholeRows_OrNoRegion_IsRefused()
    {
        var census = new PatchCensus(new PatchGrid(new PixelSize(4, 2), 4, 0));

        Assert.Throws<ArgumentException>(() => census.Add(new byte[12]));
        Assert.Throws<ArgumentException>(() => census.Add(new byte[3]));
        Assert.Throws<ArgumentException>(() => census.Add([0, 1, 2, 3]));
    }
}
