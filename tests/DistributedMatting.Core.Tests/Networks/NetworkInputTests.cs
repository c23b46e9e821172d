using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Tests.Networks;

public class NetworkInputTests
{
    // Eight pixels go at a time: lengths about multiples of eight, and the rest.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(23)]
    [InlineData(320)]
    public void Planes_AreSamplesDividedByTheirLargest_AndOnesWhereKnown(int pixels)
    {
        var random = new Random(pixels);
        var rgb = new ushort[3 * pixels];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = (ushort)random.Next(65536);
        rgb[0] = 0;
        rgb[^1] = 65535;
        var regions = new byte[pixels];
        for (var i = 0; i < pixels; i++) regions[i] = (byte)random.Next(3);

        var planes = new float[NetworkInput.PlainChannels * pixels];
        NetworkInput.Fill(rgb, regions, planes);

        for (var i = 0; i < pixels; i++)
        {
            for (var c = 0; c < 3; c++) Assert.Equal(rgb[3 * i + c] * (1f / 65535f), planes[c * pixels + i]);
            Assert.Equal(regions[i] == (byte)Region.Foreground ? 1f : 0f, planes[3 * pixels + i]);
            Assert.Equal(regions[i] == (byte)Region.Background ? 1f : 0f, planes[4 * pixels + i]);
        }
    }

    [Fact]
    public void SamplesOfAnotherNumberOfPixels_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkInput.Fill(new ushort[12], new byte[3], new float[15]));
}
