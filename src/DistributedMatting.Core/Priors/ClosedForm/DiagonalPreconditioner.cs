namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>Jacobi: r divided by the diagonal.</summary>
internal sealed class DiagonalPreconditioner : IPreconditioner
{
    readonly float[] inverse;
    readonly double[] parts;
    readonly int threads;

    public DiagonalPreconditioner(MattingSystem system, int threads)
    {
        this.threads = threads;
        inverse = new float[system.Layout.Count];
        parts = new double[Work.Pieces(inverse.Length, Vectors.Each)];
        var diagonal = system.Coefficients.AsSpan(0, inverse.Length);
        for (var i = 0; i < inverse.Length; i++) inverse[i] = diagonal[i] > 0 ? 1 / diagonal[i] : 0;
    }

    /// <inheritdoc/>
    public double Apply(float[] r, float[] z)
    {
        Work.For(parts.Length, threads, i =>
        {
            var from = i * Vectors.Each;
            var count = Math.Min(Vectors.Each, r.Length - from);
            Vectors.Multiply(inverse.AsSpan(from, count), r.AsSpan(from, count), z.AsSpan(from, count));
            parts[i] = Vectors.Dot(r.AsSpan(from, count), z.AsSpan(from, count));
        });
        return Vectors.Sum(parts);
    }
}
