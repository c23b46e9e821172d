using System.Numerics;

namespace DistributedMatting.Scenes.Landscape;

/// <summary>
/// The background of a scene. It is out of focus, so a picture of 1024 × 1024 holds all of it; a plate of
/// any size reads it through cubic B-splines, which have no lattice to be seen.
/// </summary>
internal sealed class Backdrop
{
    private const int Side = 1024;

    /// <summary>Blur of the far landscape and of the near thicket, in parts of the plate's side.</summary>
    private const float FarBlur = 0.0045f;
    private const float NearBlur = 0.0155f;

    private readonly Vector3[] _pixels = new Vector3[Side * Side];

    public Backdrop(int seed, uint salt)
    {
        var far = DiscBlur.Apply(Vista.Paint(Side, salt), FarBlur * Side);
        // A disc of whole pixels has steps at its rim; the second, small blur takes them away.
        var near = DiscBlur.Apply(DiscBlur.Apply(Thicket.Paint(Side, seed, salt), NearBlur * Side), 1.6f);
        for (var i = 0; i < _pixels.Length; i++)
        {
            var f = far.Pixels[i];
            var n = near.Pixels[i];
            var u = (i % Side + 0.5f) / Side - 0.5f;
            var v = (i / Side + 0.5f) / Side - 0.5f;
            var vignette = 1f - 0.55f * (u * u + v * v);
            _pixels[i] = (new Vector3(n.X, n.Y, n.Z) + (1f - n.W) * new Vector3(f.X, f.Y, f.Z)) * vignette;
        }
    }

    /// <summary>Linear light of one row of a tile.</summary>
    /// <param name="x">First column.</param>
    /// <param name="y">Row.</param>
    /// <param name="size">Side of the plate in pixels.</param>
    /// <param name="row">Receives one value a pixel.</param>
    public void ReadRow(int x, int y, int size, Span<Vector3> row)
    {
        var scale = (float)Side / size;
        Span<float> wy = stackalloc float[4];
        Span<float> wx = stackalloc float[4];
        var top = Weights((y + 0.5f) * scale - 0.5f, wy);
        // The rows are mixed once for the whole tile; columns are mixed at every pixel.
        var first = (int)MathF.Floor((x + 0.5f) * scale - 0.5f) - 1;
        var last = (int)MathF.Floor((x + row.Length - 0.5f) * scale - 0.5f) + 2;
        Span<Vector3> mixed = new Vector3[last - first + 1];
        for (var c = first; c <= last; c++)
        {
            var column = Math.Clamp(c, 0, Side - 1);
            var sum = Vector3.Zero;
            for (var k = 0; k < 4; k++) sum += wy[k] * _pixels[Math.Clamp(top + k, 0, Side - 1) * Side + column];
            mixed[c - first] = sum;
        }

        for (var i = 0; i < row.Length; i++)
        {
            var left = Weights((x + i + 0.5f) * scale - 0.5f, wx) - first;
            row[i] = wx[0] * mixed[left] + wx[1] * mixed[left + 1] + wx[2] * mixed[left + 2] + wx[3] * mixed[left + 3];
        }
    }

    private static int Weights(float at, Span<float> weights)
    {
        var floor = MathF.Floor(at);
        var t = at - floor;
        var s = 1f - t;
        weights[0] = s * s * s * (1f / 6f);
        weights[1] = 2f / 3f - t * t * (1f - 0.5f * t);
        weights[2] = 2f / 3f - s * s * (1f - 0.5f * s);
        weights[3] = t * t * t * (1f / 6f);
        return (int)floor - 1;
    }
}
