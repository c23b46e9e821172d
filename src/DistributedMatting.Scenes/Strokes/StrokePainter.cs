using System.Numerics;
using DistributedMatting.Scenes.Rendering;

namespace DistributedMatting.Scenes.Strokes;

/// <summary>
/// Paints segments into a tile, front to back. A pixel's coverage is the part of its width that the stroke
/// covers across its direction (a one-dimensional box filter): right for wide strokes and for hairs far
/// thinner than a pixel, so a plate of any size is antialiased.
/// </summary>
internal static class StrokePainter
{
    public static void Paint(StrokeIndex index, TileBuffer tile, int size, uint salt)
    {
        var vertices = index.Vertices;
        foreach (var segment in index.In(tile.TileX, tile.TileY))
        {
            if (tile.Full) return;
            Paint(in vertices[segment], in vertices[segment + 1], index.Kind, tile, size, salt);
        }
    }

    private static void Paint(
        in StrokeVertex from, in StrokeVertex to, StrokeKind kind, TileBuffer tile, int size, uint salt)
    {
        var origin = new Vector2(tile.X, tile.Y);
        var a = from.Position * size - origin;
        var b = to.Position * size - origin;
        var d = b - a;
        var length = d.Length();
        if (length < 1e-4f) return;

        var ra = from.Radius * size;
        var rb = to.Radius * size;
        var reach = MathF.Max(ra, rb) + 0.5f;
        var top = Math.Max(0, (int)MathF.Floor(MathF.Min(a.Y, b.Y) - reach));
        var bottom = Math.Min(tile.Height - 1, (int)MathF.Ceiling(MathF.Max(a.Y, b.Y) + reach));
        var minX = MathF.Min(a.X, b.X) - reach;
        var maxX = MathF.Max(a.X, b.X) + reach;
        if (top > bottom || maxX < 0f || minX > tile.Width) return;

        var unit = d / length;
        var inverseLength = 1f / length;
        var steep = MathF.Abs(d.Y) > 1e-3f;
        var slope = steep ? d.X / d.Y : 0f;
        var half = steep ? reach * length / MathF.Abs(d.Y) + 1f : float.MaxValue;

        for (var y = top; y <= bottom; y++)
        {
            var py = y + 0.5f;
            var centre = steep ? a.X + (py - a.Y) * slope : 0f;
            var left = Math.Max(0, (int)MathF.Floor(MathF.Max(minX, centre - half)));
            var right = Math.Min(tile.Width - 1, (int)MathF.Ceiling(MathF.Min(maxX, centre + half)));
            for (var x = left; x <= right; x++)
            {
                var pixel = y * TileBuffer.Side + x;
                if (tile.Open[pixel] == 0f) continue;

                var ex = x + 0.5f - a.X;
                var ey = py - a.Y;
                // Each pixel belongs to one segment of a stroke: between the lines across its two vertices.
                if (ex * from.Tangent.X + ey * from.Tangent.Y < 0f) continue;
                if ((ex - d.X) * to.Tangent.X + (ey - d.Y) * to.Tangent.Y >= 0f) continue;

                var t = Math.Clamp((ex * unit.X + ey * unit.Y) * inverseLength, 0f, 1f);
                var across = ex * unit.Y - ey * unit.X;
                var radius = ra + (rb - ra) * t;
                var coverage = MathF.Min(across + 0.5f, radius) - MathF.Max(across - 0.5f, -radius);
                if (coverage <= 0f) continue;

                coverage *= from.Opacity + (to.Opacity - from.Opacity) * t;
                var colour = from.Colour + (to.Colour - from.Colour) * t;
                var side = Math.Clamp(across / MathF.Max(radius, 0.5f), -1f, 1f);
                if (kind == StrokeKind.Fibre)
                {
                    colour *= 1.06f - 0.42f * (side - 0.2f) * (side - 0.2f);
                }
                else
                {
                    var along = from.Along + (to.Along - from.Along) * t;
                    var place = (origin + new Vector2(x + 0.5f, py)) / size;
                    colour = StrokeShade.Apply(kind, colour, side, along, unit, place, salt);
                }

                tile.Over(pixel, coverage, colour);
            }
        }
    }
}
