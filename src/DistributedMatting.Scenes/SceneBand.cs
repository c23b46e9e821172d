using DistributedMatting.Core.Plates;

namespace DistributedMatting.Scenes;

/// <summary>Whole rows of a rendered scene. Its buffers grow as needed and are used again.</summary>
public sealed class SceneBand(bool withBackground = false)
{
    /// <summary>Whether <see cref="BackgroundRgb"/> is rendered also where it cannot be seen.</summary>
    public bool WithBackground { get; } = withBackground;

    /// <summary>First row on the plate.</summary>
    public int FirstRow { get; private set; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The plate: R G B interleaved, 0 to 65535, display values (sRGB curve); 3 × pixels, row by row.</summary>
    public ushort[] Rgb { get; private set; } = [];

    /// <summary>The true alpha matte, 0 to 1.</summary>
    public float[] Alpha { get; private set; } = [];

    /// <summary>The true foreground, as <see cref="Rgb"/>; 0 where alpha is 0.</summary>
    public ushort[] ForegroundRgb { get; private set; } = [];

    /// <summary>The true background, as <see cref="Rgb"/>; empty unless <see cref="WithBackground"/>.</summary>
    public ushort[] BackgroundRgb { get; private set; } = [];

    /// <summary>One <see cref="Region"/> a pixel.</summary>
    public byte[] Trimap { get; private set; } = [];

    internal void Begin(int firstRow, int rows, int width)
    {
        (FirstRow, Rows) = (firstRow, rows);
        var pixels = rows * width;
        if (Alpha.Length == pixels) return;

        Rgb = new ushort[3 * pixels];
        Alpha = new float[pixels];
        ForegroundRgb = new ushort[3 * pixels];
        BackgroundRgb = WithBackground ? new ushort[3 * pixels] : [];
        Trimap = new byte[pixels];
    }
}
