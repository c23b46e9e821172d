using System.Numerics;
using System.Runtime.CompilerServices;

namespace DistributedMatting.Scenes.Rendering;

/// <summary>
/// One tile while it is painted, front to back: light gathered so far, and how far each pixel is still open.
/// Counting down what is open (not up what is covered) keeps alpha exact: an opaque layer makes it 1, not nearly 1.
/// </summary>
internal sealed class TileBuffer
{
    /// <summary>Side of a tile in pixels. Tiles lie on a fixed lattice, so a pixel's value never depends on the band asked for.</summary>
    public const int Side = 64;

    /// <summary>Below this a pixel counts as covered: a quarter of an 8-bit step.</summary>
    private const float Covered = 1f / 1024f;

    private int _open;

    public int TileX { get; private set; }

    public int TileY { get; private set; }

    /// <summary>Left column on the plate.</summary>
    public int X { get; private set; }

    /// <summary>Top row on the plate.</summary>
    public int Y { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>1 untouched … 0 wholly covered; rows are <see cref="Side"/> apart.</summary>
    public float[] Open { get; } = new float[Side * Side];

    /// <summary>Light gathered, premultiplied, linear.</summary>
    public Vector3[] Light { get; } = new Vector3[Side * Side];

    /// <summary>Nothing that lies deeper can be seen.</summary>
    public bool Full => _open == 0;

    public static int TilesAlong(int size) => (size + Side - 1) / Side;

    public void Begin(int tileX, int tileY, int size)
    {
        (TileX, TileY) = (tileX, tileY);
        (X, Y) = (tileX * Side, tileY * Side);
        Width = Math.Min(Side, size - X);
        Height = Math.Min(Side, size - Y);
        _open = Width * Height;
        Array.Fill(Open, 1f);
        Array.Clear(Light);
    }

    /// <summary>Puts a layer of colour behind what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Over(int pixel, float coverage, Vector3 colour)
    {
        var open = Open[pixel];
        if (coverage >= 1f) coverage = 1f;
        Light[pixel] += colour * (open * coverage);
        open *= 1f - coverage;
        if (open < Covered)
        {
            open = 0f;
            _open--;
        }

        Open[pixel] = open;
    }
}
