using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Onnx.Tests.Support;

/// <summary>Patches of seeded noise with a chosen trimap.</summary>
public static class Patches
{
    public static float[] Noise(NetworkShape shape, int seed, Func<int, int, Region> region)
    {
        var random = new Random(seed);
        var pixels = shape.Patch * shape.Patch;
        var planes = new float[shape.InputChannels * pixels];
        for (var i = 0; i < planes.Length; i++) planes[i] = random.NextSingle();
        for (var i = 0; i < pixels; i++)
        {
            var here = region(i % shape.Patch, i / shape.Patch);
            planes[3 * pixels + i] = here == Region.Foreground ? 1 : 0;
            planes[4 * pixels + i] = here == Region.Background ? 1 : 0;
        }
        return planes;
    }

    /// <summary>Foreground, unknown and background in diagonal stripes, so that every run of cells has another length.</summary>
    public static Region Stripes(int x, int y) => ((x + 2 * y) / 40 % 3) switch
    {
        0 => Region.Foreground,
        1 => Region.Unknown,
        _ => Region.Background,
    };

    public static Region Unknown(int x, int y) => Region.Unknown;

    public static Region NoBackground(int x, int y) => x < 30 ? Region.Foreground : Region.Unknown;

    public static Region Known(int x, int y) => x < 30 ? Region.Foreground : Region.Background;
}
