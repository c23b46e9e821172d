using DistributedMatting.Core.Plates;

namespace DistributedMatting.Scenes;

/// <summary>A scene's plate as a stream of rows, rendered as it is read.</summary>
public sealed class ScenePlateReader(SceneRenderer renderer) : IPlateReader
{
    private readonly SceneBand _band = new();
    private int _next;

    /// <inheritdoc/>
    public PixelSize Size => renderer.Size;

    /// <summary>16.</summary>
    public int BitDepth => 16;

    /// <inheritdoc/>
    public void ReadRows(Span<ushort> rgb)
    {
        var rows = SceneRows.Count(rgb.Length, 3 * Size.Width, _next, Size.Height);
        if (rows == 0) return;

        renderer.RenderBand(_next, rows, _band);
        _band.Rgb.CopyTo(rgb);
        _next += rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
