using System.Numerics;

namespace DistributedMatting.Scenes.Figure;

/// <summary>
/// How much hair and body lies around a place on the plate: a coarse, blurred map. Strands in the open
/// are lit through by the sun behind them, strands in the mass are not.
/// </summary>
internal sealed class Openness
{
    private const int Cells = 160;

    /// <summary>Before the body a hair is no more in the open than under as many layers of hair.</summary>
    private const float BodyDensity = 2.2f;

    private readonly float[] _density = new float[Cells * Cells];

    public Openness(IEnumerable<HairStrand> strands, Coat coat)
    {
        for (var i = 0; i < _density.Length; i++)
        {
            _density[i] = coat.Covers((i % Cells + 0.5f) / Cells, (i / Cells + 0.5f) / Cells) ? BodyDensity : 0f;
        }

        foreach (var strand in strands)
        {
            for (var i = 1; i < strand.Points.Length; i++)
            {
                var p = strand.Points[i];
                var x = (int)(p.X * Cells);
                var y = (int)(p.Y * Cells);
                if (x is < 0 or >= Cells || y is < 0 or >= Cells) continue;
                _density[y * Cells + x] += 2f * strand.Radius * (p - strand.Points[i - 1]).Length() * Cells * Cells;
            }
        }

        for (var pass = 0; pass < 2; pass++)
        {
            Blur(1, Cells);
            Blur(Cells, 1);
        }
    }

    /// <summary>1 in the open … 0 deep in the mass.</summary>
    public float At(Vector3 p)
    {
        var x = Math.Clamp(p.X * Cells - 0.5f, 0f, Cells - 1.001f);
        var y = Math.Clamp(p.Y * Cells - 0.5f, 0f, Cells - 1.001f);
        var i = (int)y * Cells + (int)x;
        var u = x - MathF.Floor(x);
        var v = y - MathF.Floor(y);
        var top = _density[i] + u * (_density[i + 1] - _density[i]);
        var low = _density[i + Cells] + u * (_density[i + Cells + 1] - _density[i + Cells]);
        return MathF.Exp(-0.75f * (top + v * (low - top)));
    }

    private void Blur(int step, int line)
    {
        var row = new float[Cells];
        for (var l = 0; l < Cells; l++)
        {
            for (var i = 0; i < Cells; i++) row[i] = _density[l * line + i * step];
            for (var i = 0; i < Cells; i++)
            {
                var a = row[Math.Max(0, i - 1)];
                var b = row[Math.Min(Cells - 1, i + 1)];
                _density[l * line + i * step] = 0.25f * a + 0.5f * row[i] + 0.25f * b;
            }
        }
    }
}
