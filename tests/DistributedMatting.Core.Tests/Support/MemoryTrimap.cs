using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Tests.Support;

/// <summary>A trimap held as an array.</summary>
internal sealed class MemoryTrimap(PixelSize size, byte[] regions) : ITrimap
{
    public PixelSize Size => size;

    public byte[] Regions => regions;

    public static MemoryTrimap Filled(PixelSize size, Region region)
    {
        var regions = new byte[size.Pixels];
        Array.Fill(regions, (byte)region);
        return new MemoryTrimap(size, regions);
    }

    /// <summary>Random rectangles of each region, so that some patches have no unknown pixel.</summary>
    public static MemoryTrimap Blocks(PixelSize size, Random random)
    {
        var trimap = Filled(size, (Region)random.Next(3));
        for (var i = random.Next(8); i > 0; i--)
        {
            var (x, y) = (random.Next(size.Width), random.Next(size.Height));
            var (right, bottom) = (random.Next(x, size.Width) + 1, random.Next(y, size.Height) + 1);
            var region = (byte)random.Next(3);
            for (; y < bottom; y++) trimap.Regions.AsSpan(y * size.Width + x, right - x).Fill(region);
        }
        return trimap;
    }

    public void ReadRegions(PixelRect window, Span<byte> target)
    {
        for (var y = 0; y < window.Height; y++)
            regions.AsSpan((window.Y + y) * size.Width + window.X, window.Width).CopyTo(target[(y * window.Width)..]);
    }
}
