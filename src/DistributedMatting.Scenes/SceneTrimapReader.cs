using DistributedMatting.Core.Plates;

namespace DistributedMatting.Scenes;

/// <summary>A scene's trimap as a stream of rows, rendered as it is read.</summary>
public sealed class SceneTrimapReader(SceneRenderer renderer) : ITrimapReader
{
    private readonly SceneBand _band = new();
    private int _next;

    /// <inheritdoc/>
    public PixelSize Size => renderer.Size;

    /// <inheritdoc/>
    public void ReadRows(Span<byte> regions)
    {
        var rows = SceneRows.Count(regions.Length, Size.Width, _next, Size.Height);
        if (rows == 0) return;

        renderer.RenderBand(_next, rows, _band);
        _band.Trimap.CopyTo(regions);
        _next += rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
