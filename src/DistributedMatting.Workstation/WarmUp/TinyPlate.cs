using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.WarmUp;

/// <summary>A ramp with some grain: a system without any structure would be solved in no iteration.</summary>
internal sealed class TinyPlate : IPlateReader
{
    // Large enough that every loop of the priors runs: the solver has several coarse levels.
    public const int Side = 160;

    private int _sample;

    public PixelSize Size => new(Side, Side);

    public int BitDepth => 16;

    public void ReadRows(Span<ushort> rgb)
    {
        for (var i = 0; i < rgb.Length; i++, _sample++) rgb[i] = (ushort)(_sample / 3 % Side * 300 + _sample * 7919 % 4093);
    }

    public void Dispose()
    {
    }
}

/// <summary>Known at both sides, so that patches of each kind are there: with both regions in sight, and with one.</summary>
internal sealed class TinyTrimap : ITrimapReader
{
    private int _column;

    public PixelSize Size => new(TinyPlate.Side, TinyPlate.Side);

    public void ReadRows(Span<byte> regions)
    {
        for (var i = 0; i < regions.Length; i++, _column = (_column + 1) % TinyPlate.Side)
        {
            regions[i] = (byte)(_column switch
            {
                < TinyPlate.Side / 8 => Region.Background,
                >= TinyPlate.Side - TinyPlate.Side / 8 => Region.Foreground,
                _ => Region.Unknown,
            });
        }
    }

    public void Dispose()
    {
    }
}

/// <summary>Takes an alpha's rows and forgets them.</summary>
internal sealed class NoAlpha(PixelSize size) : IAlphaWriter
{
    public PixelSize Size => size;

    public void WriteRows(ReadOnlySpan<float> alpha)
    {
    }

    public void Complete()
    {
    }

    public void Dispose()
    {
    }
}
