using System.Globalization;
using DistributedMatting.Core;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors;

namespace DistributedMatting.Workstation.Bench;

/// <summary>A plate as scripts hold it: all of it in memory, as floats.</summary>
internal sealed class WholePlate
{
    private const int RowsAtOnce = 64;

    private readonly PixelSize _size;
    private readonly float[] _rgb;
    private readonly byte[] _regions;
    private readonly float[] _sums;
    private readonly float[] _weights;

    public WholePlate(IPlate plate, ITrimap trimap)
    {
        _size = plate.Size;
        RequireRoom(_size);
        _rgb = new float[3 * _size.Pixels];
        _regions = new byte[_size.Pixels];
        (_sums, _weights) = (new float[_size.Pixels], new float[_size.Pixels]);
        trimap.ReadRegions(new PixelRect(0, 0, _size.Width, _size.Height), _regions);
        var rows = new ushort[3 * RowsAtOnce * _size.Width];
        for (var y = 0; y < _size.Height; y += RowsAtOnce)
        {
            var window = new PixelRect(0, y, _size.Width, Math.Min(RowsAtOnce, _size.Height - y));
            plate.ReadRgb(window, rows.AsSpan(0, 3 * window.Width * window.Height));
            for (var i = 0; i < 3 * window.Width * window.Height; i++)
                _rgb[3 * y * _size.Width + i] = rows[i] * (1f / 65535f);
        }
    }

    /// <summary>The network's input for a patch.</summary>
    public void Crop(PixelRect window, IPriors? priors, float[] planes)
    {
        var pixels = window.Width * window.Height;
        for (var i = 0; i < pixels; i++)
        {
            var x = Reflection.Index(window.X + i % window.Width, _size.Width);
            var y = Reflection.Index(window.Y + i / window.Width, _size.Height);
            var from = y * _size.Width + x;
            for (var c = 0; c < 3; c++) planes[c * pixels + i] = _rgb[3 * from + c];
            planes[3 * pixels + i] = _regions[from] == (byte)Region.Foreground ? 1f : 0f;
            planes[4 * pixels + i] = _regions[from] == (byte)Region.Background ? 1f : 0f;
        }
        priors?.Fill(window, planes.AsSpan(0, 3 * pixels), planes.AsSpan(NetworkInput.PlainChannels * pixels));
    }

    /// <summary>Adds a patch's alpha, weighed by the distance to its edge.</summary>
    public void Add(PixelRect window, int margin, ReadOnlySpan<float> alpha)
    {
        lock (_sums)
        {
            for (var y = window.Y; y < Math.Min(window.Bottom, _size.Height); y++)
                for (var x = window.X; x < Math.Min(window.Right, _size.Width); x++)
                {
                    var edge = Math.Min(Math.Min(x - window.X, window.Right - 1 - x), Math.Min(y - window.Y, window.Bottom - 1 - y));
                    var weight = margin == 0 ? 1f : Math.Min(1f, (edge + 0.5f) / margin);
                    _sums[y * _size.Width + x] += weight * alpha[(y - window.Y) * window.Width + x - window.X];
                    _weights[y * _size.Width + x] += weight;
                }
        }
    }

    /// <summary>The matte; 0 where it is unknown and no patch was added.</summary>
    public float[] Finish()
    {
        for (var i = 0; i < _sums.Length; i++)
            _sums[i] = _regions[i] switch
            {
                (byte)Region.Foreground => 1f,
                (byte)Region.Background => 0f,
                _ => _weights[i] > 0 ? _sums[i] / _weights[i] : 0f,
            };
        return _sums;
    }

    private static void RequireRoom(PixelSize size)
    {
        const int bytesEach = 3 * sizeof(float) + 1 + 2 * sizeof(float);
        if (3 * size.Pixels > Array.MaxLength)
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                $"crop-and-stitch holds the plate in one array, and {size} is too large for any; bench takes a plate of at most {Array.MaxLength / 3_000_000} megapixels."));
        var there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (size.Pixels * bytesEach > there)
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                $"crop-and-stitch holds all of {size} in memory, {size.Pixels * bytesEach / 1e9:0.0} GB, and this machine has {there / 1e9:0.0} GB; bench takes a smaller plate."));
    }
}
