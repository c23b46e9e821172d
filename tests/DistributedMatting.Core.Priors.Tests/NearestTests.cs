using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.Nearest;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Core.Priors.Tests;

public sealed class NearestTests
{
    [Fact]
    public void NearestCell_IsAsNearAsAny() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(Gen.Choose(1, 40).Three().ToArbitrary(), (Func<(int, int, int), bool>)(t =>
        {
            var size = new PixelSize(t.Item1, t.Item2);
            var (_, regions) = Pictures.Noise(size, t.Item3, unknown: t.Item3 % 2 == 0 ? 0.98 : 0.5);
            var known = Enumerable.Range(0, regions.Length).Where(i => regions[i] == (byte)Region.Foreground).ToArray();
            var nearest = NearestCells.Find(regions, size, Region.Foreground, t.Item3 % 3 + 1, CancellationToken.None);
            if (known.Length == 0) return nearest is null;
            for (var i = 0; i < regions.Length; i++)
            {
                Assert.Equal((byte)Region.Foreground, regions[nearest![i]]);
                Assert.Equal(known.Min(k => Squared(i, k, size.Width)), Squared(i, nearest[i], size.Width));
            }

            return true;
        })));

    static long Squared(int a, int b, int width)
    {
        long dx = a % width - b % width, dy = a / width - b / width;
        return dx * dx + dy * dy;
    }
}
