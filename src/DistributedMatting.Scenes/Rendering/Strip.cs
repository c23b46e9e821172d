namespace DistributedMatting.Scenes.Rendering;

/// <summary>One row of tiles, rendered.</summary>
internal sealed class Strip(int width)
{
    private readonly ushort[] _rgb = new ushort[3 * width * TileBuffer.Side];
    private readonly ushort[] _foreground = new ushort[3 * width * TileBuffer.Side];
    private readonly float[] _alpha = new float[width * TileBuffer.Side];
    private readonly bool[] _mixed = new bool[width * TileBuffer.Side];
    private ushort[]? _background;

    public int TileY { get; private set; }

    public bool HasBackground { get; private set; }

    public Span<ushort> Rgb => _rgb;

    public Span<ushort> Foreground => _foreground;

    public Span<ushort> Background => _background;

    public Span<float> Alpha => _alpha;

    /// <summary>Where alpha is neither 0 nor 1.</summary>
    public Span<bool> Mixed => _mixed;

    public void Begin(int tileY, bool withBackground)
    {
        TileY = tileY;
        HasBackground = withBackground;
        if (withBackground) _background ??= new ushort[_rgb.Length];
    }

    public ReadOnlySpan<bool> MixedRow(int row) => _mixed.AsSpan(row * width, width);

    public void CopyRow(int row, int to, SceneBand into)
    {
        _rgb.AsSpan(3 * row * width, 3 * width).CopyTo(into.Rgb.AsSpan(3 * to * width));
        _foreground.AsSpan(3 * row * width, 3 * width).CopyTo(into.ForegroundRgb.AsSpan(3 * to * width));
        _alpha.AsSpan(row * width, width).CopyTo(into.Alpha.AsSpan(to * width));
        if (into.WithBackground) _background.AsSpan(3 * row * width, 3 * width).CopyTo(into.BackgroundRgb.AsSpan(3 * to * width));
    }
}
