using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Metrics;

internal static class Shapes
{
    public static void Check(ReadOnlySpan<float> alpha, ReadOnlySpan<float> truth, ReadOnlySpan<byte> regions, PixelSize size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha.Length, size.Pixels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(truth.Length, size.Pixels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(regions.Length, size.Pixels);
    }
}
