using System.Numerics;

namespace DistributedMatting.Scenes.Landscape;

/// <summary>A small picture in linear light, with coverage: premultiplied RGB and A in one vector.</summary>
internal sealed class FloatImage(int side)
{
    public int Side { get; } = side;

    public Vector4[] Pixels { get; } = new Vector4[side * side];
}
