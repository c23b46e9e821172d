using System.Numerics;

namespace DistributedMatting.Scenes.Figure;

/// <summary>A body that hair lies on. x to the right, y down, z toward the viewer, in units of the plate's side.</summary>
internal readonly record struct Ellipsoid(Vector3 Centre, Vector3 Radii)
{
    /// <summary>1 on the surface, less inside.</summary>
    public float Depth(Vector3 p) => ((p - Centre) / Radii).Length();

    public Vector3 Normal(Vector3 p) => Vector3.Normalize((p - Centre) / (Radii * Radii));

    public Vector3 OnSurface(Vector3 direction, float swell = 1f) => Centre + direction * Radii * swell;
}
