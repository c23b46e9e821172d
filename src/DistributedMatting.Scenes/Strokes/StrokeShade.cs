using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Strokes;

/// <summary>Surfaces of strokes that are wide enough to have one.</summary>
internal static class StrokeShade
{
    /// <param name="kind">The surface.</param>
    /// <param name="colour">Linear light, from the stroke's vertices.</param>
    /// <param name="side">−1 to 1 across the stroke.</param>
    /// <param name="along">0 to 1 along the stroke.</param>
    /// <param name="unit">Direction of the stroke.</param>
    /// <param name="place">Where, in units of the plate's side.</param>
    /// <param name="salt">The scene's salt.</param>
    public static Vector3 Apply(
        StrokeKind kind, Vector3 colour, float side, float along, Vector2 unit, Vector2 place, uint salt) => kind switch
        {
            StrokeKind.Bark => Bark(colour, side, unit, place, salt),
            StrokeKind.Leaf => Leaf(colour, side, along, place, salt),
            StrokeKind.Wire => Wire(colour, side, unit, place, salt),
            _ => colour,
        };

    private static Vector3 Bark(Vector3 colour, float side, Vector2 unit, Vector2 place, uint salt)
    {
        var (normal, light) = Round(side, unit);
        var rough = GradientNoise.Octaves(place.X * 900f, place.Y * 900f, 3, salt + 11);
        var rings = GradientNoise.At(Vector2.Dot(place, unit) * 2600f, side * 1.5f, salt + 12);
        var rim = Ramp.Smooth(0.55f, 1f, light) * 2.4f;
        return colour * (0.30f + 0.7f * normal * (0.5f + 0.5f * light) + 0.45f * rough + 0.16f * rings)
            + new Vector3(0.55f, 0.34f, 0.18f) * (rim * (0.25f + 0.3f * MathF.Max(0f, rough + 0.3f)));
    }

    private static Vector3 Leaf(Vector3 colour, float side, float along, Vector2 place, uint salt)
    {
        var s = MathF.Abs(side);
        var midrib = 1f - Ramp.Smooth(0.02f, 0.09f, s);
        var phase = along * 9f - s * 1.5f;
        var wave = MathF.Abs(phase - MathF.Floor(phase) - 0.5f) * 2f;
        var vein = Ramp.Smooth(0.80f, 0.97f, wave) * (1f - s);
        var cells = GradientNoise.Octaves(place.X * 1500f, place.Y * 1500f, 2, salt + 21);
        var blotch = GradientNoise.Octaves(place.X * 90f, place.Y * 90f, 3, salt + 22);
        var bulge = side < 0f ? 0.80f : 1.12f;
        var body = colour * (bulge * (1f + 0.16f * cells + 0.55f * blotch) * (1.05f - 0.25f * s * s));
        var dry = Ramp.Smooth(0.15f, 0.5f, blotch + 0.45f * s * s - 0.2f) * 0.7f;
        body = Vector3.Lerp(body, new Vector3(0.16f, 0.07f, 0.025f) * (1f + 0.4f * cells), dry);
        return body * (1f + 0.55f * midrib + 0.32f * vein - 0.18f * Ramp.Smooth(0.09f, 0.2f, s) * (1f - Ramp.Smooth(0.2f, 0.4f, s)));
    }

    private static Vector3 Wire(Vector3 colour, float side, Vector2 unit, Vector2 place, uint salt)
    {
        var (normal, light) = Round(side, unit);
        var rust = Ramp.Smooth(-0.02f, 0.30f, GradientNoise.Octaves(place.X * 160f, place.Y * 160f, 3, salt + 31));
        var pits = GradientNoise.Octaves(place.X * 2200f, place.Y * 2200f, 2, salt + 32);
        var metal = Vector3.Lerp(colour, new Vector3(0.13f, 0.052f, 0.020f), 0.85f * rust) * (1f + 0.45f * pits * (0.4f + rust));
        var glint = MathF.Pow(MathF.Max(0f, light), 10f) * (1f - 0.75f * rust);
        return metal * (0.28f + 0.55f * normal + 0.55f * MathF.Max(0f, light)) + new Vector3(0.9f, 0.72f, 0.5f) * (0.8f * glint);
    }

    /// <summary>How a cylinder faces the viewer, and the low sun to the right behind it.</summary>
    private static (float Normal, float Light) Round(float side, Vector2 unit)
    {
        var across = new Vector2(unit.Y, -unit.X) * side;
        var normal = MathF.Sqrt(MathF.Max(0f, 1f - side * side));
        return (normal, across.X * 0.86f - across.Y * 0.42f + 0.25f * normal);
    }
}
