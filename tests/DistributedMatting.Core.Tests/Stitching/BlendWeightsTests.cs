using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Stitching;

public class BlendWeightsTests
{
    [Fact]
    public void WeightsOfAPixel_SumToOne_AndNoneIsZero() => Cuts.ForAll(cut =>
    {
        var grid = cut.Grid;
        var weights = new BlendWeights(grid);
        var sums = new double[cut.Size.Pixels];
        ForEachPixel(grid, (patch, x, y) =>
        {
            var weight = weights.Row(patch, y - patch.Bounds.Y)[x - patch.Bounds.X];
            Assert.InRange(weight, float.Epsilon, 1f);
            sums[y * cut.Width + x] += weight;
        });

        Assert.All(sums, sum => Assert.Equal(1, sum, 3e-7));
    });

    [Fact]
    public void Weights_EqualEquations5And6WrittenOut() => Cuts.ForAll(cut =>
    {
        var grid = cut.Grid;
        var weights = new BlendWeights(grid);
        var sums = new double[cut.Size.Pixels];
        ForEachPixel(grid, (patch, x, y) => sums[y * cut.Width + x] += Equation5(grid, patch, x, y));

        ForEachPixel(grid, (patch, x, y) => Assert.Equal(
            Equation5(grid, patch, x, y) / sums[y * cut.Width + x],
            weights.Row(patch, y - patch.Bounds.Y)[x - patch.Bounds.X], 1e-6));
    });

    [Fact]
    public void NoPixel_LiesInMoreThanFourPatches() => Cuts.ForAll(cut =>
    {
        var patches = new int[cut.Size.Pixels];
        ForEachPixel(cut.Grid, (_, x, y) => patches[y * cut.Width + x]++);

        Assert.All(patches, count => Assert.Contains(count, (int[])[1, 2, 4]));
    });

    /// <summary>Eq. 5 from pixel centres, on the sides that have a neighbour.</summary>
    internal static double Equation5(PatchGrid grid, Patch patch, int x, int y)
    {
        var distance = double.PositiveInfinity;
        if (patch.Column > 0) distance = Math.Min(distance, x + 0.5 - patch.Bounds.X);
        if (patch.Column < grid.Columns - 1) distance = Math.Min(distance, patch.Bounds.Right - x - 0.5);
        if (patch.Row > 0) distance = Math.Min(distance, y + 0.5 - patch.Bounds.Y);
        if (patch.Row < grid.Rows - 1) distance = Math.Min(distance, patch.Bounds.Bottom - y - 0.5);
        return grid.Margin == 0 ? 1 : Math.Min(1, distance / grid.Margin);
    }

    private static void ForEachPixel(PatchGrid grid, Action<Patch, int, int> visit)
    {
        for (var index = 0; index < grid.Count; index++)
        {
            var patch = grid[index];
            for (var y = patch.Bounds.Y; y < Math.Min(patch.Bounds.Bottom, grid.Size.Height); y++)
                for (var x = patch.Bounds.X; x < Math.Min(patch.Bounds.Right, grid.Size.Width); x++)
                    visit(patch, x, y);
        }
    }
}
