using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Metrics;

/// <summary>A filter that is the product of a row and a column of odd length; edge pixels are repeated outwards.</summary>
internal static class SeparableFilter
{
    /// <summary>Samples of a function at −radius … radius.</summary>
    public static double[] Kernel(int radius, Func<int, double> value) =>
        [.. Enumerable.Range(-radius, 2 * radius + 1).Select(value)];

    public static float[] Apply(ReadOnlySpan<float> image, PixelSize size, double[] alongX, double[] alongY)
    {
        var between = new float[image.Length];
        var filtered = new float[image.Length];
        var sums = new double[size.Width];

        var radius = alongX.Length / 2;
        for (var y = 0; y < size.Height; y++)
        {
            var row = image.Slice(y * size.Width, size.Width);
            for (var x = 0; x < size.Width; x++)
            {
                var sum = 0.0;
                for (var k = 0; k < alongX.Length; k++)
                    sum += alongX[k] * row[Math.Clamp(x + k - radius, 0, size.Width - 1)];
                between[y * size.Width + x] = (float)sum;
            }
        }

        radius = alongY.Length / 2;
        for (var y = 0; y < size.Height; y++)
        {
            Array.Clear(sums);
            for (var k = 0; k < alongY.Length; k++)
            {
                var row = between.AsSpan(Math.Clamp(y + k - radius, 0, size.Height - 1) * size.Width, size.Width);
                for (var x = 0; x < row.Length; x++) sums[x] += alongY[k] * row[x];
            }
            for (var x = 0; x < size.Width; x++) filtered[y * size.Width + x] = (float)sums[x];
        }
        return filtered;
    }
}
