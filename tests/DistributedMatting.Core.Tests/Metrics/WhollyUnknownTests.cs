using DistributedMatting.Core.Metrics;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Metrics;

public sealed class WhollyUnknownTests
{
    [Fact]
    public void APixelIsKept_WhereEveryPatchOverItSeesOnlyUnknownPixels() => Cuts.ForAll(cut =>
    {
        var random = cut.Random();
        var regions = new byte[cut.Size.Pixels];
        Array.Fill(regions, (byte)Region.Unknown);
        var known = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(regions.Length)).ToList();
        foreach (var at in known) regions[at] = (byte)Region.Foreground;

        var (kept, patches) = WhollyUnknown.Only(regions, cut.Grid);

        bool Holds(PixelRect bounds, int at) =>
            at % cut.Width >= bounds.X && at % cut.Width < bounds.Right && at / cut.Width >= bounds.Y && at / cut.Width < bounds.Bottom;
        var seeing = Enumerable.Range(0, cut.Grid.Count).Select(i => cut.Grid[i].Bounds).Where(bounds => known.Any(at => Holds(bounds, at))).ToList();
        Assert.Equal(cut.Grid.Count - seeing.Count, patches);
        for (var at = 0; at < regions.Length; at++)
            Assert.Equal(!seeing.Any(bounds => Holds(bounds, at)), kept[at] == (byte)Region.Unknown);
    });
}
