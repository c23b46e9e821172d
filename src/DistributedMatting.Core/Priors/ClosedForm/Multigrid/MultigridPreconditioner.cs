namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>
/// One symmetric cycle: a damped Jacobi step on the cells, then the coarse levels, whose functions are affine in colour,
/// then the step again. (Measured: a Chebyshev polynomial of twice the cost saves one iteration in thirty.)
/// </summary>
internal sealed class MultigridPreconditioner : IPreconditioner
{
    /// <summary>Bound on the eigenvalues of the scaled matrix, see <see cref="Scale"/>.</summary>
    const float Largest = 2f;

    /// <summary>Damps what lies in the upper two thirds of the eigenvalues best.</summary>
    const float Damping = 1.5f / Largest;

    readonly MattingSystem system;
    readonly ColourAggregates aggregates;
    readonly CoarseCycle coarse;
    readonly int threads;
    readonly int pieces;
    readonly float[] scale;
    readonly float[] image;
    readonly double[] parts;

    public MultigridPreconditioner(MattingSystem system, float[] rgb, byte[] regions, int threads, CancellationToken cancel)
    {
        (this.system, this.threads) = (system, threads);
        var n = system.Layout.Count;
        pieces = Work.Pieces(n, Vectors.Each);
        (scale, image, parts) = (new float[n], new float[n], new double[pieces]);
        Scale();
        aggregates = new ColourAggregates(system, rgb, regions, threads);
        coarse = new CoarseCycle(aggregates.Coarse, threads, cancel);
    }

    /// <inheritdoc/>
    public double Apply(float[] r, float[] z)
    {
        Each((from, count) => Vectors.Multiply(scale.AsSpan(from, count), r.AsSpan(from, count), z.AsSpan(from, count)));
        Multiply(z);
        Each((from, count) => Vectors.Turn(-1f, r.AsSpan(from, count), image.AsSpan(from, count)));
        aggregates.Restrict(image);
        coarse.Solve();
        aggregates.Prolong(z);
        Multiply(z);
        Each((from, count) => parts[from / Vectors.Each] =
            Vectors.Correct(scale.AsSpan(from, count), r.AsSpan(from, count), image.AsSpan(from, count), z.AsSpan(from, count)));
        return Vectors.Sum(parts);
    }

    /// <summary>
    /// Jacobi's diagonal, raised where a row's absolute sum exceeds it by more than <see cref="Largest"/>: then no eigenvalue of
    /// the scaled matrix does (Gershgorin), and the cycle stays positive. A few pixels that alone decide their windows' fit
    /// need it; elsewhere it is A's own.
    /// </summary>
    void Scale()
    {
        var ones = new float[scale.Length];
        Array.Fill(ones, 1f);
        Work.For(system.Pieces.Length - 1, threads, i => system.MultiplyAbsolute(i, ones, image));
        Each((from, count) =>
        {
            for (var i = from; i < from + count; i++)
            {
                var diagonal = Math.Max(system.Coefficients[i], image[i] / Largest);
                scale[i] = diagonal > 0 ? Damping / diagonal : 0;
            }
        });
    }

    void Multiply(float[] x) => Work.For(system.Pieces.Length - 1, threads, i => system.Multiply(i, x, image));

    void Each(Action<int, int> part) =>
        Work.For(pieces, threads, i => part(i * Vectors.Each, Math.Min(Vectors.Each, scale.Length - i * Vectors.Each)));
}
