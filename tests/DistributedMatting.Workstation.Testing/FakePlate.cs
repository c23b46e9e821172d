using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Testing;

/// <summary>A made-up plate and trimap of any size, the same for the same seed.</summary>
public sealed class FakePlate(int width, int height, int seed = 1, int bitDepth = 8)
{
    public PixelSize Size => new(width, height);

    /// <summary>What the trimap says; a disc of foreground in a wide unknown ring by default.</summary>
    public Func<int, int, Region> Trimap { get; init; } = (x, y) =>
    {
        var distance = Math.Sqrt(Math.Pow(x - 0.45 * width, 2) + Math.Pow(y - 0.5 * height, 2)) / Math.Min(width, height);
        return distance < 0.12 ? Region.Foreground : distance < 0.4 ? Region.Unknown : Region.Background;
    };

    public IPlateReader OpenPlate() => new PlateRows(this);

    public ITrimapReader OpenTrimap() => new TrimapRows(this);

    public Region this[int x, int y] => Trimap(x, y);

    private ushort Sample(int x, int y, int channel)
    {
        var n = (uint)(x * 73856093 ^ y * 19349663 ^ (channel + seed) * 83492791);
        n = (n ^ n >> 13) * 1274126177;
        var noise = (n >> 16) & 0x3f;
        var smooth = (uint)((x * 3 + y * 2 + channel * 40) % 192);
        return bitDepth == 8 ? (ushort)((smooth + noise) * 257) : (ushort)((smooth + noise) * 257 + (n & 0xff));
    }

    private sealed class PlateRows(FakePlate plate) : IPlateReader
    {
        private int _y;

        public PixelSize Size => plate.Size;

        public int BitDepth => plate.Depth;

        public void ReadRows(Span<ushort> rgb)
        {
            for (var i = 0; i < rgb.Length; _y++)
                for (var x = 0; x < Size.Width; x++)
                    for (var c = 0; c < 3; c++)
                        rgb[i++] = plate.Sample(x, _y, c);
        }

        public void Dispose()
        {
        }
    }

    private sealed class TrimapRows(FakePlate plate) : ITrimapReader
    {
        private int _y;

        public PixelSize Size => plate.Size;

        public void ReadRows(Span<byte> regions)
        {
            for (var i = 0; i < regions.Length; _y++)
                for (var x = 0; x < Size.Width; x++)
                    regions[i++] = (byte)plate[x, _y];
        }

        public void Dispose()
        {
        }
    }

    private int Depth => bitDepth;
}
