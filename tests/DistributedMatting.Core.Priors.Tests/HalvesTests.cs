namespace DistributedMatting.Core.Priors.Tests;

public sealed class HalvesTests
{
    [Fact]
    public void EveryFiniteHalf_ThereAndBack()
    {
        var bits = Enumerable.Range(0, 65536).Select(i => (ushort)i).Where(i => Half.IsFinite(BitConverter.UInt16BitsToHalf(i))).ToArray();
        var floats = new float[bits.Length];
        Halves.Widen(bits, floats);
        Assert.Equal(bits.Select(b => (float)BitConverter.UInt16BitsToHalf(b)), floats);
        var back = new ushort[bits.Length];
        Halves.Narrow(floats, back);
        Assert.Equal(bits, back);
    }

    [Fact]
    public void Rounding_IsTheCasts()
    {
        var random = new Random(1);
        var floats = Enumerable.Range(0, 20_003).Select(_ => random.NextSingle()).ToArray();
        var halves = new ushort[floats.Length];
        Halves.Narrow(floats, halves);
        Assert.Equal(floats.Select(f => BitConverter.HalfToUInt16Bits((Half)f)), halves);
    }
}
