using System.Numerics;

namespace DistributedMatting.Scenes.Figure;

/// <summary>Where the figure stands: a person seen from behind, looking into the light.</summary>
internal static class Body
{
    /// <summary>Column of the spine.</summary>
    public const float Spine = 0.465f;

    public static readonly Ellipsoid Head = new(new Vector3(Spine, 0.335f, 0f), new Vector3(0.112f, 0.150f, 0.135f));

    public static readonly Ellipsoid Collar = new(new Vector3(Spine, 0.640f, -0.01f), new Vector3(0.272f, 0.100f, 0.165f));

    /// <summary>Direction to the low sun, to the right behind the figure.</summary>
    public static readonly Vector3 Sun = Vector3.Normalize(new Vector3(0.62f, -0.30f, -0.72f));

    /// <summary>Direction to the bright sky behind the camera.</summary>
    public static readonly Vector3 Sky = Vector3.Normalize(new Vector3(-0.45f, -0.70f, 0.55f));
}
