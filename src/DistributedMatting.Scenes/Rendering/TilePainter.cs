using System.Numerics;
using DistributedMatting.Scenes.Figure;
using DistributedMatting.Scenes.Strokes;

namespace DistributedMatting.Scenes.Rendering;

/// <summary>Paints one tile after another: layers from the nearest to the farthest, then the composite.</summary>
internal sealed class TilePainter(Scene scene)
{
    /// <summary>Alpha below this is 0: less than a 10-bit step, and smoke has to end somewhere.</summary>
    private const float Invisible = 1f / 1024f;

    /// <summary>Deviation of the grain, in display values.</summary>
    private const float Grain = 0.0085f;

    private readonly TileBuffer _tile = new();
    private readonly Vector3[] _noise = new Vector3[(TileBuffer.Side + 1) * (TileBuffer.Side + 1)];
    private readonly Vector3[] _grain = new Vector3[TileBuffer.Side * TileBuffer.Side];
    private readonly Vector3[] _background = new Vector3[TileBuffer.Side];

    public void Paint(int tileX, int tileY, Strip into)
    {
        var size = scene.Size.Width;
        _tile.Begin(tileX, tileY, size);
        scene.Smoke.Paint(_tile);
        StrokePainter.Paint(scene.Wires, _tile, size, scene.Salt);
        StrokePainter.Paint(scene.Leaves, _tile, size, scene.Salt);
        StrokePainter.Paint(scene.Bark, _tile, size, scene.Salt);
        StrokePainter.Paint(scene.NearHair, _tile, size, scene.Salt);
        Underlay.Head(_tile, size, scene.Salt);
        StrokePainter.Paint(scene.Fur, _tile, size, scene.Salt);
        Underlay.Collar(_tile, size, scene.Salt);
        scene.Coat.Paint(_tile);
        StrokePainter.Paint(scene.FarHair, _tile, size, scene.Salt);
        FilmGrain.Fill(_tile, scene.Salt + 7, _noise, _grain);
        Composite(into);
    }

    private void Composite(Strip into)
    {
        var size = scene.Size.Width;
        for (var y = 0; y < _tile.Height; y++)
        {
            var row = _background.AsSpan(0, _tile.Width);
            scene.Backdrop.ReadRow(_tile.X, _tile.Y + y, size, row);
            for (var x = 0; x < _tile.Width; x++)
            {
                var pixel = y * TileBuffer.Side + x;
                var at = y * size + _tile.X + x;
                var alpha = 1f - _tile.Open[pixel];
                if (alpha < Invisible) alpha = 0f;

                // Foreground and background are rounded first, with the same grain, so that
                // plate = α F + (1 − α) B holds to half a 16-bit step.
                var foreground = alpha > 0f ? Quantise(_tile.Light[pixel] / alpha, _grain[pixel]) : Vector3.Zero;
                var background = alpha < 1f || into.HasBackground ? Quantise(row[x], _grain[pixel]) : Vector3.Zero;
                Store(into.Rgb, at, alpha * foreground + (1f - alpha) * background);
                Store(into.Foreground, at, foreground);
                if (into.HasBackground) Store(into.Background, at, background);
                into.Alpha[at] = alpha;
                into.Mixed[at] = alpha is > 0f and < 1f;
            }
        }
    }

    private static Vector3 Quantise(Vector3 light, Vector3 grain)
    {
        var shown = ToneCurve.Encode(light);
        // Grain is strongest in the mid-tones, as on film.
        var strength = Grain * (0.55f + 1.8f * shown.Y * (1f - shown.Y));
        var value = Vector3.Clamp(shown + grain * strength, Vector3.Zero, Vector3.One) * 65535f;
        return new Vector3(MathF.Floor(value.X + 0.5f), MathF.Floor(value.Y + 0.5f), MathF.Floor(value.Z + 0.5f));
    }

    private static void Store(Span<ushort> samples, int pixel, Vector3 value)
    {
        samples[3 * pixel] = (ushort)(value.X + 0.5f);
        samples[3 * pixel + 1] = (ushort)(value.Y + 0.5f);
        samples[3 * pixel + 2] = (ushort)(value.Z + 0.5f);
    }
}
