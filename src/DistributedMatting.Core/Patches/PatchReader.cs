using System.Buffers;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Patches;

/// <summary>
/// Reads one patch of a plate and its trimap; pixels past the plate's edges take the values of the pixels
/// they reflect (HDMatt, Sec. 3.1). Safe for many threads at once, as the plate and the trimap are.
/// </summary>
public sealed class PatchReader
{
    private readonly IPlate _plate;
    private readonly ITrimap _trimap;

    /// <summary>Reads from a plate and its trimap.</summary>
    /// <exception cref="ArgumentException">They differ in size.</exception>
    public PatchReader(IPlate plate, ITrimap trimap)
    {
        ArgumentNullException.ThrowIfNull(plate);
        ArgumentNullException.ThrowIfNull(trimap);
        if (plate.Size != trimap.Size)
            throw new ArgumentException($"The plate is {plate.Size} and the trimap {trimap.Size}.", nameof(trimap));

        _plate = plate;
        _trimap = trimap;
    }

    /// <summary>Reads a window that begins inside the plate and may reach past its right and lower edges.</summary>
    /// <param name="window">A patch's <see cref="Patch.Bounds"/>.</param>
    /// <param name="rgb">Receives <c>window.Height × window.Width × 3</c> samples, as in <see cref="IPlate.ReadRgb"/>.</param>
    /// <param name="regions">Receives <c>window.Height × window.Width</c> values of <see cref="Region"/>.</param>
    public void Read(PixelRect window, Span<ushort> rgb, Span<byte> regions)
    {
        ReadRgb(window, rgb);
        ReadRegions(window, regions);
    }

    /// <summary>The plate's part of <see cref="Read"/>.</summary>
    public void ReadRgb(PixelRect window, Span<ushort> rgb)
    {
        var source = new ReflectedWindow(window, _plate.Size);
        rgb = rgb[..checked(3 * window.Width * window.Height)];
        if (source.IsInside)
        {
            _plate.ReadRgb(window, rgb);
            return;
        }

        var length = 3 * source.Read.Width * source.Read.Height;
        var inside = ArrayPool<ushort>.Shared.Rent(length);
        try
        {
            _plate.ReadRgb(source.Read, inside.AsSpan(0, length));
            source.Unfold<ushort>(inside.AsSpan(0, length), 3, rgb);
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(inside);
        }
    }

    /// <summary>The trimap's part of <see cref="Read"/>.</summary>
    public void ReadRegions(PixelRect window, Span<byte> regions)
    {
        var source = new ReflectedWindow(window, _trimap.Size);
        regions = regions[..checked(window.Width * window.Height)];
        if (source.IsInside)
        {
            _trimap.ReadRegions(window, regions);
            return;
        }

        var length = source.Read.Width * source.Read.Height;
        var inside = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            _trimap.ReadRegions(source.Read, inside.AsSpan(0, length));
            source.Unfold<byte>(inside.AsSpan(0, length), 1, regions);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(inside);
        }
    }
}
