using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Patches;

public class PatchGridTests
{
    [Fact]
    public void Patches_CoverThePlate_AndNoneIsNeedless() => Cuts.ForAll(cut =>
    {
        var grid = cut.Grid;
        var covered = new bool[cut.Width];
        for (var index = 0; index < grid.Count; index++)
        {
            var patch = grid[index];
            Assert.Equal((index, index), (patch.Index, patch.Row * grid.Columns + patch.Column));
            Assert.Equal((grid.Side, grid.Side), (patch.Bounds.Width, patch.Bounds.Height));
            // The last patch begins before what its neighbour already covers ends.
            if (patch.Column > 0) Assert.InRange(patch.Bounds.X, 1, cut.Width - grid.Margin - 1);
            if (patch.Row > 0) Assert.InRange(patch.Bounds.Y, 1, cut.Height - grid.Margin - 1);
            if (patch.Row == 0) covered.AsSpan(patch.Bounds.X, Math.Min(grid.Side, cut.Width - patch.Bounds.X)).Fill(true);
        }
        Assert.DoesNotContain(false, covered);
        Assert.InRange(grid[grid.Count - 1].Bounds.Bottom, cut.Height, int.MaxValue);
    });

    [Fact]
    public void Neighbours_OverlapByTheMargin()
    {
        var grid = new PatchGrid(new PixelSize(6000, 6000), 320, 32);

        Assert.Equal((21, 21, 288, 441), (grid.Columns, grid.Rows, grid.Step, grid.Count));
        Assert.Equal(grid[0].Bounds.Right - 32, grid[1].Bounds.X);
        Assert.Equal(new PixelRect(5760, 5760, 320, 320), grid[440].Bounds);
    }

    [Fact]
    public void PlateOfExactlyOnePatch_HasOne() => Assert.Equal(1, new PatchGrid(new PixelSize(320, 320), 320, 32).Count);

    [Fact]
    public void PlateOnePixelWider_HasTwo() => Assert.Equal(2, new PatchGrid(new PixelSize(321, 320), 320, 32).Count);

    [Theory]
    [InlineData(0, 8, 8, 2), InlineData(8, 0, 8, 2), InlineData(8, 8, 0, 0), InlineData(8, 8, 8, -1), InlineData(8, 8, 8, 5), InlineData(8, 8, 7, 4)]
    public void GeometryThatIsNone_IsRefused(int width, int height, int side, int margin) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatchGrid(new PixelSize(width, height), side, margin));

    [Theory]
    [InlineData(-1), InlineData(4)]
    public void Index_OutsideTheGrid_IsRefused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatchGrid(new PixelSize(14, 14), 8, 2)[index]);
}
