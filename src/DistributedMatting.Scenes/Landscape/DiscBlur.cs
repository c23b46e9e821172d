using System.Numerics;

namespace DistributedMatting.Scenes.Landscape;

/// <summary>
/// An out-of-focus lens: every point becomes a disc. Done on linear light that goes far above white,
/// so that small lights become the discs a photographer calls bokeh.
/// </summary>
internal static class DiscBlur
{
    /// <param name="image">Read only.</param>
    /// <param name="radius">Radius of the disc in pixels.</param>
    public static FloatImage Apply(FloatImage image, float radius)
    {
        var side = image.Side;
        var reach = (int)MathF.Ceiling(radius);
        var sums = new Vector4[side * (side + 1)];
        Parallel.For(0, side, y =>
        {
            var sum = Vector4.Zero;
            for (var x = 0; x < side; x++)
            {
                sum += image.Pixels[y * side + x];
                sums[y * (side + 1) + x + 1] = sum;
            }
        });

        var spans = new int[2 * reach + 1];
        for (var dy = -reach; dy <= reach; dy++)
        {
            spans[dy + reach] = (int)MathF.Sqrt(MathF.Max(0f, radius * radius - dy * dy));
        }

        var result = new FloatImage(side);
        Parallel.For(0, side, y =>
        {
            for (var x = 0; x < side; x++)
            {
                var sum = Vector4.Zero;
                var count = 0;
                for (var dy = -reach; dy <= reach; dy++)
                {
                    var row = Math.Clamp(y + dy, 0, side - 1) * (side + 1);
                    var left = Math.Max(0, x - spans[dy + reach]);
                    var right = Math.Min(side, x + spans[dy + reach] + 1);
                    sum += sums[row + right] - sums[row + left];
                    count += right - left;
                }

                result.Pixels[y * side + x] = sum / count;
            }
        });
        return result;
    }
}
