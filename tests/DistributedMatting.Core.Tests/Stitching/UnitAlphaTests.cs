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

    [Theory]
    [InlineData(1), InlineData(40)]
    public void OutsideZeroToOne_IsClamped(int times)
    {
        float[] outside = [-0.5f, 1.5f, float.NegativeInfinity, float.PositiveInfinity];
        var encoded = new ushort[4 * times];

        UnitAlpha.Encode([.. Enumerable.Repeat(outside, times).SelectMany(a => a)], encoded);

        Assert.Equal(Enumerable.Repeat((ushort[])[0, 65535, 0, 65535], times).SelectMany(v => v), encoded);
    }

    [Fact]
    public void OneAtATime_RoundsAsManyAtOnce()
    {
        var random = new Random(3);
        var alpha = Enumerable.Range(0, 10_000).Select(_ => random.NextSingle()).ToArray();
        var (together, one) = (new ushort[alpha.Length], new ushort[1]);

        UnitAlpha.Encode(alpha, together);

        for (var i = 0; i < alpha.Length; i++)
        {
            UnitAlpha.Encode(alpha.AsSpan(i, 1), one);
            Assert.Equal(one[0], together[i]);
        }
    }

    [Theory]
    [InlineData(1), InlineData(77)]
    public void NaN_IsRefused_NamingThePixel(int pixel)
    {
        var alpha = new float[100];
        alpha[pixel] = float.NaN;

        var exception = Assert.Throws<ArgumentException>(() => UnitAlpha.Encode(alpha, new ushort[100]));

        Assert.Contains($"pixel {pixel} ", exception.Message, StringComparison.Ordinal);
    }
}
