namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>Preconditioned conjugate gradients (Hestenes and Stiefel) with sums in a fixed order.</summary>
internal static class ConjugateGradients
{
    /// <summary>Improves x; says after how many iterations and at which relative residual it stopped.</summary>
    public static (int Iterations, double Residual) Solve(
        MattingSystem system, IPreconditioner preconditioner, float[] x, ClosedFormOptions options, CancellationToken cancel)
    {
        var n = x.Length;
        var b = system.RightHandSide;
        var r = new float[n];
        var z = new float[n];
        var q = new float[n];
        var runParts = new double[system.Pieces.Length - 1];
        var pieces = Work.Pieces(n, Vectors.Each);

        var scale = preconditioner.Apply(b, z);
        if (!(scale > 0))
        {
            Array.Clear(x);
            return (0, 0);
        }

        Work.For(runParts.Length, options.Threads, i => system.Multiply(i, x, q), cancel);
        Work.For(pieces, options.Threads, i =>
        {
            for (var at = i * Vectors.Each; at < Math.Min(n, (i + 1) * Vectors.Each); at++) r[at] = b[at] - q[at];
        }, cancel);
        var rz = preconditioner.Apply(r, z);
        var p = (float[])z.Clone();
        var goal = options.Tolerance * options.Tolerance * scale;
        var iterations = 0;
        while (rz > goal && iterations < options.MaxIterations)
        {
            Work.For(runParts.Length, options.Threads, i => runParts[i] = system.Multiply(i, p, q), cancel);
            var pq = Vectors.Sum(runParts);
            if (!(pq > 0)) break;

            var step = (float)(rz / pq);
            Work.For(pieces, options.Threads, i =>
            {
                var from = i * Vectors.Each;
                var count = Math.Min(Vectors.Each, n - from);
                Vectors.Add(step, p.AsSpan(from, count), x.AsSpan(from, count));
                Vectors.Add(-step, q.AsSpan(from, count), r.AsSpan(from, count));
            }, cancel);
            var next = preconditioner.Apply(r, z);
            var turn = (float)(next / rz);
            Work.For(pieces, options.Threads, i =>
            {
                var from = i * Vectors.Each;
                var count = Math.Min(Vectors.Each, n - from);
                Vectors.Turn(turn, z.AsSpan(from, count), p.AsSpan(from, count));
            }, cancel);
            rz = next;
            iterations++;
        }

        return (iterations, Math.Sqrt(Math.Max(0, rz) / scale));
    }
}
