using System.Numerics;

namespace DistributedMatting.Scenes.Strokes;

/// <summary>
/// A point of a stroke's centre line. Lengths are in units of the plate's side, so a scene's geometry is
/// the same at every size.
/// </summary>
/// <param name="Position">x to the right, y down, each 0 to 1 on the plate.</param>
/// <param name="Tangent">Unit tangent; the line across it parts this stroke's segments, so none is painted twice.</param>
/// <param name="Radius">Half the stroke's width.</param>
/// <param name="Colour">Linear light.</param>
/// <param name="Opacity">0 to 1.</param>
/// <param name="Along">0 at the root, 1 at the tip.</param>
internal readonly record struct StrokeVertex(
    Vector2 Position, Vector2 Tangent, float Radius, Vector3 Colour, float Opacity, float Along);
