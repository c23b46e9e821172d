using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>The unknown cells of a reduced plate, some rows at a time.</summary>
internal static class UnknownCells
{
    private const int RowsEach = 8;

    /// <summary>Calls with x and y of each; cells of different rows at once.</summary>
    public static void For(ReducedPlate plate, int threads, Action<int, int> cell, CancellationToken cancel) =>
        ForEach(plate, threads, 1, cell, cancel);

    /// <summary>Calls with x and y of the first of eight cells of a row, until every unknown cell was among eight; some of them may be known, or lie past the row's end.</summary>
    public static void ForEights(ReducedPlate plate, int threads, Action<int, int> eight, CancellationToken cancel) =>
        ForEach(plate, threads, PairGrid.Lanes, eight, cancel);

    private static void ForEach(ReducedPlate plate, int threads, int lanes, Action<int, int> some, CancellationToken cancel)
    {
        var (width, height) = (plate.Size.Width, plate.Size.Height);
        Work.For(Work.Pieces(height, RowsEach), threads, piece =>
        {
            for (var y = piece * RowsEach; y < Math.Min(height, (piece + 1) * RowsEach); y++)
            {
                var row = plate.Regions.AsSpan(y * width, width);
                for (var x = 0; x < width; x += lanes)
                {
                    var next = row[x..].IndexOf((byte)Region.Unknown);
                    if (next < 0) break;
                    x += next;
                    some(x, y);
                }
            }
        }, cancel);
    }
}
