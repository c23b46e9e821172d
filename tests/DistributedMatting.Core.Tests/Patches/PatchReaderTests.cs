using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Tests.Support;

namespace DistributedMatting.Core.Tests.Patches;

public class PatchReaderTests
{
    [Fact]
    public void EveryPatch_EqualsReflectionPixelByPixel() => Cuts.ForAll(cut =>
    {
        var plate = MemoryPlate.Noise(cut.Size, cut.Random());
        var trimap = MemoryTrimap.Blocks(cut.Size, cut.Random());
        var reader = new PatchReader(plate, trimap);
        var grid = cut.Grid;
        var rgb = new ushort[3 * grid.Side * grid.Side];
        var regions = new byte[grid.Side * grid.Side];
        for (var index = 0; index < grid.Count; index++)
        {
            var bounds = grid[index].Bounds;
            reader.Read(bounds, rgb, regions);
            for (var i = 0; i < regions.Length; i++)
            {
                var pixel = Reflection.Index(bounds.Y + i / grid.Side, cut.Height) * cut.Width
                    + Reflection.Index(bounds.X + i % grid.Side, cut.Width);
                Assert.Equal(trimap.Regions[pixel], regions[i]);
                Assert.Equal(plate.Rgb.AsSpan(3 * pixel, 3), rgb.AsSpan(3 * i, 3));
            }
        }
    });

    [Fact]
    public void PatchPastTheCorner_IsReadOnce_WithinThePlate()
    {
        var size = new PixelSize(21, 21);
        var plate = new RecordingPlate(size);
        var reader = new PatchReader(plate, MemoryTrimap.Filled(size, Region.Unknown));

        // 7 of 20 pixels inside; the last of the 13 outside reflects to 20 − 13 = 7.
        reader.ReadRgb(new PixelRect(14, 0, 20, 20), new ushort[1200]);

        Assert.Equal([new PixelRect(7, 0, 14, 20)], plate.Windows);
    }

    [Fact]
    public void SizesDiffer_IsRefused() => Assert.Throws<ArgumentException>(() => new PatchReader(
        new MemoryPlate(new PixelSize(1, 1), new ushort[3]), MemoryTrimap.Filled(new PixelSize(2, 1), Region.Unknown)));

    [Theory]
    [InlineData(-1, 0), InlineData(4, 0), InlineData(0, 4)]
    public void WindowThatBeginsOutside_IsRefused(int x, int y)
    {
        var size = new PixelSize(4, 4);
        var reader = new PatchReader(MemoryPlate.Noise(size, new Random(1)), MemoryTrimap.Filled(size, Region.Unknown));

        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(new PixelRect(x, y, 3, 3), new ushort[27], new byte[9]));
    }

    private sealed class RecordingPlate(PixelSize size) : IPlate
    {
        public PixelSize Size => size;

        public List<PixelRect> Windows { get; } = [];

        public void ReadRgb(PixelRect window, Span<ushort> rgb) => Windows.Add(window);
    }
}
