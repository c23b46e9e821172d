using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Tests.Support;

/// <summary>A plate held as an array.</summary>
internal sealed class MemoryPlate(PixelSize size, ushort[] rgb) : IPlate
{
    public PixelSize Size => size;

    public ushort[] Rgb => rgb;

    public static MemoryPlate Noise(PixelSize size, Random random)
    {
        var rgb = new ushort[3 * size.Pixels];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = (ushort)random.Next(65536);
        return new MemoryPlate(size, rgb);
    }

    public void ReadRgb(PixelRect window, Span<ushort> target)
    {
        for (var y = 0; y < window.Height; y++)
            rgb.AsSpan(3 * ((window.Y + y) * size.Width + window.X), 3 * window.Width).CopyTo(target[(3 * y * window.Width)..]);
    }
}
