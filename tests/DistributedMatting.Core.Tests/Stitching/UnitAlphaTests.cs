using DistributedMatting.Core.Stitching;

namespace DistributedMatting.Core.Tests.Stitching;

public class UnitAlphaTests
{
    [Fact]
    public void EveryStep_ThereAndBack_IsItself()
    {
        var steps = Enumerable.Range(0, 65536).Select(v => (ushort)v).ToArray();
        var alpha = new float[steps.Length];
        var again = new ushort[steps.Length];

        UnitAlpha.Decode(steps, alpha);
        UnitAlpha.Encode(alpha, again);

        Assert.Equal(steps, again);
        Assert.Equal((0f, 1f), (alpha[0], alpha[^1]));
        // One value at a time goes another way than many at once.
        var one = new float[1];
        for (var i = 0; i < steps.Length; i++)
        {
            UnitAlpha.Decode(steps.AsSpan(i, 1), one);
            Assert.Equal(one[0], alpha[i]);
        }
    }

    [Fact]
    public void OutsideZeroToOne_IsClamped()
    {
        var encoded = new ushort[4];

        UnitAlpha.Encode([-0.5f, 1.5f, float.NegativeInfinity, float.PositiveInfinity], encoded);

        Assert.Equal([0, 65535, 0, 65535], encoded);
    }

    [Fact]
    public void NaN_IsRefused_NamingThePixel()
    {
        var exception = Assert.Throws<ArgumentException>(() => UnitAlpha.Encode([0f, float.NaN], new ushort[2]));

        Assert.Contains("pixel 1", exception.Message, StringComparison.Ordinal);
    }
}
