namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>
/// One symmetric cycle: Chebyshev smoothing of the cells (Adams, Brezina, Hu, Tuminaro 2003), then the coarse levels,
/// whose functions are affine in colour, then the smoothing again.
/// </summary>
internal sealed class MultigridPreconditioner : IPreconditioner
{
    const int Degree = 2;
    const float Largest = 2f;
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
        SetInverse();
        aggregates = new ColourAggregates(system, rgb, regions, threads);
        coarse = new CoarseCycle(aggregates.Coarse, threads, cancel);

        theta = 0.5f * (Largest + Largest / Narrowing);
        delta = 0.5f * (Largest - Largest / Narrowing);
    }

    /// <summary>
    /// Jacobi's diagonal, raised where a row's absolute sum exceeds it by more than <see cref="Largest"/>: then no eigenvalue of
    /// the scaled matrix does (Gershgorin). A few pixels that alone decide their windows' fit need it; for the others it is A's own.
    /// </summary>
    void SetInverse()
    {
        Array.Fill(step, 1f);
        Work.For(system.Pieces.Length - 1, threads, i => system.MultiplyAbsolute(i, step, image));
        Sum((from, count) =>
        {
            for (var i = from; i < from + count; i++)
            {
                var diagonal = Math.Max(system.Coefficients[i], image[i] / Largest);
                inverse[i] = diagonal > 0 ? 1 / diagonal : 0;
            }

            return 0;
        });
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
