namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>
/// One symmetric cycle: Chebyshev smoothing of the cells (Adams, Brezina, Hu, Tuminaro 2003), then the coarse levels,
/// whose functions are affine in colour, then the smoothing again.
/// </summary>
internal sealed class MultigridPreconditioner : IPreconditioner
{
    const int Degree = 2;
    const int PowerSteps = 8;
    const float Narrowing = 6f;

    readonly MattingSystem system;
    readonly ColourAggregates aggregates;
    readonly CoarseCycle coarse;
    readonly int threads;
    readonly int pieces;
    readonly float[] inverse;
    readonly float[] rest;
    readonly float[] step;
    readonly float[] image;
    readonly double[] parts;
    readonly float theta;
    readonly float delta;

    public MultigridPreconditioner(MattingSystem system, float[] rgb, byte[] regions, int threads, CancellationToken cancel)
    {
        (this.system, this.threads) = (system, threads);
        var n = system.Layout.Count;
        pieces = Work.Pieces(n, Vectors.Each);
        (inverse, rest, step, image, parts) = (new float[n], new float[n], new float[n], new float[n], new double[pieces]);
        var diagonal = system.Coefficients.AsSpan(0, n);
        for (var i = 0; i < n; i++) inverse[i] = diagonal[i] > 0 ? 1 / diagonal[i] : 0;
        aggregates = new ColourAggregates(system, rgb, regions, threads);
        coarse = new CoarseCycle(aggregates.Coarse, threads, cancel);

        var largest = 1.1f * Largest();
        theta = 0.5f * (largest + largest / Narrowing);
        delta = 0.5f * (largest - largest / Narrowing);
    }

    /// <summary>Largest eigenvalue of D⁻¹ A that was found.</summary>
    public float Largest()
    {
        var state = 0x9E3779B9u;
        for (var i = 0; i < step.Length; i++)
        {
            state = state * 1664525 + 1013904223;
            step[i] = inverse[i] > 0 ? (state >> 8) * (1f / (1 << 23)) - 1 : 0;
        }

        var growth = 0.0;
        for (var k = 0; k < PowerSteps; k++)
        {
            var norm = Sum((from, count) => Vectors.Dot(step.AsSpan(from, count), step.AsSpan(from, count)));
            Multiply(step, image);
            var grown = Sum((from, count) =>
            {
                Vectors.Multiply(inverse.AsSpan(from, count), image.AsSpan(from, count), step.AsSpan(from, count));
                return Vectors.Dot(step.AsSpan(from, count), step.AsSpan(from, count));
            });
            growth = Math.Sqrt(grown / norm);
        }

        return (float)growth;
    }

    /// <inheritdoc/>
    public double Apply(float[] r, float[] z)
    {
        r.CopyTo(rest, 0);
        Array.Clear(z);
        Smooth(z, restAfter: true);
        aggregates.Restrict(rest);
        coarse.Solve();
        aggregates.Prolong(z);
        Multiply(z, image);
        Sum((from, count) =>
        {
            r.AsSpan(from, count).CopyTo(rest.AsSpan(from, count));
            Vectors.Add(-1f, image.AsSpan(from, count), rest.AsSpan(from, count));
            return 0;
        });
        Smooth(z, restAfter: false);
        return Sum((from, count) => Vectors.Dot(r.AsSpan(from, count), z.AsSpan(from, count)));
    }

    /// <summary>z += p(D⁻¹ A) D⁻¹ rest, and the rest that remains if it is needed.</summary>
    void Smooth(float[] z, bool restAfter)
    {
        var sigma = theta / delta;
        var rho = 1 / sigma;
        for (var k = 0; k < Degree; k++)
        {
            var next = 1 / (2 * sigma - rho);
            var (keep, turn) = k == 0 ? (0f, 1 / theta) : (next * rho, 2 * next / delta);
            if (k > 0) rho = next;
            Sum((from, count) =>
            {
                Vectors.Chebyshev(keep, turn, inverse.AsSpan(from, count), rest.AsSpan(from, count), step.AsSpan(from, count), z.AsSpan(from, count));
                return 0;
            });
            if (k == Degree - 1 && !restAfter) return;

            Multiply(step, image);
            Sum((from, count) =>
            {
                Vectors.Add(-1f, image.AsSpan(from, count), rest.AsSpan(from, count));
                return 0;
            });
        }
    }

    void Multiply(float[] x, float[] y) => Work.For(system.Pieces.Length - 1, threads, i => system.Multiply(i, x, y));

    double Sum(Func<int, int, double> part)
    {
        Work.For(pieces, threads, i => parts[i] = part(i * Vectors.Each, Math.Min(Vectors.Each, rest.Length - i * Vectors.Each)));
        return Vectors.Sum(parts);
    }
}
