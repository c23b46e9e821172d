using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Nearest;

/// <summary>
/// For every cell the nearest cell of a region, exactly: Meijster, Roerdink, Hesselink, "A General Algorithm
/// for Computing Distance Transforms in Linear Time" (2000), with the lower envelope of Felzenszwalb and
/// Huttenlocher for the rows, keeping which cell is nearest.
/// </summary>
internal static class NearestCells
{
    const int ColumnsEach = 256;
    const int RowsEach = 16;

    /// <summary>Index of the nearest cell of <paramref name="region"/> for each cell, or null where there is none in the image.</summary>
    public static int[]? Find(byte[] regions, PixelSize size, Region region, int threads, CancellationToken cancel)
    {
        if (!regions.AsSpan().Contains((byte)region)) return null;

        var rows = new int[regions.Length];
        Work.For(Work.Pieces(size.Width, ColumnsEach), threads, i => NearestRows(regions, size, (byte)region, rows, i * ColumnsEach), cancel);
        var nearest = new int[regions.Length];
        Work.For(Work.Pieces(size.Height, RowsEach), threads, i =>
        {
            var envelope = new Envelope(size.Width);
            for (var y = i * RowsEach; y < Math.Min(size.Height, (i + 1) * RowsEach); y++)
                envelope.Row(rows.AsSpan(y * size.Width, size.Width), y, nearest.AsSpan(y * size.Width, size.Width));
        }, cancel);
        return nearest;
    }

    /// <summary>The nearest row of the region in each column, −1 if it has none; some columns from <paramref name="first"/>.</summary>
    static void NearestRows(byte[] regions, PixelSize size, byte region, int[] rows, int first)
    {
        var end = Math.Min(size.Width, first + ColumnsEach);
        for (var y = 0; y < size.Height; y++)
        {
            var row = y * size.Width;
            for (var x = first; x < end; x++)
                rows[row + x] = regions[row + x] == region ? y : y == 0 ? -1 : rows[row - size.Width + x];
        }

        for (var y = size.Height - 2; y >= 0; y--)
        {
            var row = y * size.Width;
            for (var x = first; x < end; x++)
            {
                var above = rows[row + x];
                var below = rows[row + size.Width + x];
                if (below >= 0 && (above < 0 || below - y < y - above)) rows[row + x] = below;
            }
        }
    }

    /// <summary>Lower envelope of the parabolas (x − column)² + (y − row)² along a row.</summary>
    sealed class Envelope(int width)
    {
        readonly int[] columns = new int[width];
        readonly double[] heights = new double[width];
        readonly double[] begins = new double[width];

        public void Row(ReadOnlySpan<int> rows, int y, Span<int> nearest)
        {
            var count = 0;
            for (var x = 0; x < width; x++)
            {
                if (rows[x] < 0) continue;

                double distance = rows[x] - y;
                var height = distance * distance + (double)x * x;
                var begin = double.NegativeInfinity;
                while (count > 0)
                {
                    begin = (height - heights[count - 1]) / (2.0 * (x - columns[count - 1]));
                    if (begin > begins[count - 1]) break;
                    count--;
                    begin = double.NegativeInfinity;
                }

                (columns[count], heights[count], begins[count]) = (x, height, begin);
                count++;
            }

            var at = 0;
            for (var x = 0; x < width; x++)
            {
                while (at + 1 < count && begins[at + 1] < x) at++;
                nearest[x] = rows[columns[at]] * width + columns[at];
            }
        }
    }
}
