namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>L Lᵀ of a small symmetric matrix, row-major, in the lower triangle of its own storage.</summary>
internal static class DenseCholesky
{
    /// <summary>Factors in place. A pivot lost to rounding is made as large as the diagonal it came from: that unknown hardly moves.</summary>
    public static void Factor(Span<double> a, int n)
    {
        for (var j = 0; j < n; j++)
        {
            var row = a.Slice(n * j, j);
            var diagonal = a[n * j + j];
            var pivot = diagonal;
            foreach (var v in row) pivot -= v * v;
            if (!(pivot > 1e-9 * diagonal)) pivot = Math.Max(diagonal, 1e-12);
            var root = Math.Sqrt(pivot);
            a[n * j + j] = root;
            for (var i = j + 1; i < n; i++)
            {
                var other = a.Slice(n * i, j);
                var sum = a[n * i + j];
                for (var k = 0; k < other.Length; k++) sum -= other[k] * row[k];
                a[n * i + j] = sum / root;
            }
        }
    }

    /// <summary>Solves in place.</summary>
    public static void Solve(ReadOnlySpan<double> l, int n, Span<double> x)
    {
        for (var i = 0; i < n; i++)
        {
            var sum = x[i];
            for (var k = 0; k < i; k++) sum -= l[n * i + k] * x[k];
            x[i] = sum / l[n * i + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var value = x[i] /= l[n * i + i];
            for (var k = 0; k < i; k++) x[k] -= l[n * i + k] * value;
        }
    }
}
