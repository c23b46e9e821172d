using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>The unknown cells of a reduced plate, some rows at a time.</summary>
internal static class UnknownCells
{
    private const int RowsEach = 8;

    /// <summary>Calls with x and y of each; cells of different rows at once.</summary>
    public static void For(ReducedPlate plate, int threads, Action<int, int> cell, CancellationToken cancel)
    {
        var (width, height) = (plate.Size.Width, plate.Size.Height);
        Work.For(Work.Pieces(height, RowsEach), threads, piece =>
        {
            for (var y = piece * RowsEach; y < Math.Min(height, (piece + 1) * RowsEach); y++)
            {
                for (var x = 0; x < width; x++)
                {
                    if (plate.Regions[y * width + x] == (byte)Region.Unknown) cell(x, y);
                }
            }
        }, cancel);
    }
}
