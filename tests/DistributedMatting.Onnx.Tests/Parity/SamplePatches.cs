using DistributedMatting.Core.Networks;

namespace DistributedMatting.Onnx.Tests.Parity;

/// <summary>The patches that models/hdmatt/vectors.py makes, by the same integer formula.</summary>
public static class SamplePatches
{
    private const byte Background = 0, Unknown = 1, Foreground = 2;

    public static float[] Make(NetworkShape shape, int index)
    {
        var side = shape.Patch;
        var planes = new float[shape.InputChannels * side * side];
        for (var channel = 0; channel < shape.InputChannels; channel++)
        {
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                    planes[(channel * side + y) * side + x] = channel switch
                    {
                        3 => Region(index, x, side) == Foreground ? 1 : 0,
                        4 => Region(index, x, side) == Background ? 1 : 0,
                        _ => Noise(index, channel, x, y),
                    };
            }
        }
        return planes;
    }

    private static float Noise(int index, int channel, int x, int y)
    {
        int a = 3 + index, b = 5 + 2 * channel, c = 1 + (index + channel) % 3;
        return (float)((x * a + y * b + x * y / 16 * c) % 251 / 250.0);
    }

    private static int Region(int index, int x, int side)
    {
        var third = (x + 37 * index) * 3 / side % 3;
        return index switch
        {
            2 => Unknown,
            3 => third == Background ? Unknown : third,
            _ => third,
        };
    }
}
