using DistributedMatting.Core.Patches;

namespace DistributedMatting.Core.Tests.Patches;

public class ReflectionTests
{
    [Fact]
    public void PastTheEdges_ThePictureIsMirrored_TheEdgeNotRepeated() => Assert.Equal(
        [1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2],
        Enumerable.Range(-5, 14).Select(i => Reflection.Index(i, 4)));

    [Fact]
    public void OnePixel_IsItsOwnMirror() => Assert.All([-3, 0, 7], i => Assert.Equal(0, Reflection.Index(i, 1)));

    [Fact]
    public void NoPixels_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Reflection.Index(0, 0));
}
