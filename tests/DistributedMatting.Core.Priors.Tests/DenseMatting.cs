using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.ClosedForm;

namespace DistributedMatting.Core.Priors.Tests;

/// <summary>
/// Closed-form matting written as Levin, Lischinski and Weiss define it (PAMI 2008, Eq. 12): a sum over windows and pairs,
/// an inverse by cofactors, elimination with pivots; evidence adds its squares. For tiny pictures. Condition is that of the unknown block, in the
/// infinity norm: a solver in single precision is wrong by up to about condition · 2⁻²⁴, however well it converges.
/// </summary>
internal static class DenseMatting
{
    public static (double[] Alpha, double Condition) Solve(float[] rgb, byte[] regions, PixelSize size, double epsilon, AlphaEvidence? evidence = null)
    {
        var laplacian = Laplacian(rgb, size, epsilon);
        var unknown = Enumerable.Range(0, regions.Length).Where(i => regions[i] == (byte)Region.Unknown).ToArray();
        var n = unknown.Length;
        // The block, its right-hand side, and the identity, which elimination turns into the block's inverse.
        var matrix = new double[n, 2 * n + 1];
        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++) matrix[r, c] = laplacian[unknown[r], unknown[c]];
            for (var j = 0; j < regions.Length; j++)
                if (regions[j] == (byte)Region.Foreground) matrix[r, n] -= laplacian[unknown[r], j];
            if (evidence is not null)
            {
                matrix[r, r] += evidence.Weight[unknown[r]];
                matrix[r, n] += (double)evidence.Weight[unknown[r]] * evidence.Alpha[unknown[r]];
            }

            matrix[r, n + 1 + r] = 1;
        }

        var norm = Norm(matrix, 0, n);
        Eliminate(matrix);
        var alpha = regions.Select(r => r == (byte)Region.Foreground ? 1.0 : 0.0).ToArray();
        for (var r = 0; r < n; r++) alpha[unknown[r]] = matrix[r, n];
        return (alpha, norm * Norm(matrix, n + 1, n));
    }

    static double Norm(double[,] m, int first, int n) =>
        Enumerable.Range(0, n).Select(r => Enumerable.Range(first, n).Sum(c => Math.Abs(m[r, c]))).DefaultIfEmpty(0).Max();

    static double[,] Laplacian(float[] rgb, PixelSize size, double epsilon)
    {
        var n = (int)size.Pixels;
        var l = new double[n, n];
        for (var y = 1; y < size.Height - 1; y++)
        {
            for (var x = 1; x < size.Width - 1; x++)
            {
                var window = (from dy in new[] { -1, 0, 1 } from dx in new[] { -1, 0, 1 } select (y + dy) * size.Width + x + dx).ToArray();
                var mean = Enumerable.Range(0, 3).Select(c => window.Average(i => (double)rgb[c * n + i])).ToArray();
                var s = new double[3, 3];
                for (var a = 0; a < 3; a++)
                    for (var b = 0; b < 3; b++)
                        s[a, b] = window.Average(i => (rgb[a * n + i] - mean[a]) * (rgb[b * n + i] - mean[b])) + (a == b ? epsilon / 9 : 0);
                var inverse = Inverse(s);
                foreach (var i in window)
                {
                    foreach (var j in window)
                    {
                        var sum = 1.0;
                        for (var a = 0; a < 3; a++)
                            for (var b = 0; b < 3; b++) sum += (rgb[a * n + i] - mean[a]) * inverse[a, b] * (rgb[b * n + j] - mean[b]);
                        l[i, j] += (i == j ? 1 : 0) - sum / 9;
                    }
                }
            }
        }

        return l;
    }

    static double[,] Inverse(double[,] m)
    {
        var inverse = new double[3, 3];
        double Minor(int r, int c) => m[(r + 1) % 3, (c + 1) % 3] * m[(r + 2) % 3, (c + 2) % 3] - m[(r + 1) % 3, (c + 2) % 3] * m[(r + 2) % 3, (c + 1) % 3];
        var determinant = m[0, 0] * Minor(0, 0) + m[0, 1] * Minor(0, 1) + m[0, 2] * Minor(0, 2);
        for (var r = 0; r < 3; r++)
            for (var c = 0; c < 3; c++) inverse[c, r] = Minor(r, c) / determinant;
        return inverse;
    }

    static void Eliminate(double[,] m)
    {
        var (n, columns) = (m.GetLength(0), m.GetLength(1));
        for (var k = 0; k < n; k++)
        {
            var pivot = Enumerable.Range(k, n - k).MaxBy(r => Math.Abs(m[r, k]));
            for (var c = 0; c < columns; c++) (m[k, c], m[pivot, c]) = (m[pivot, c], m[k, c]);
            for (var r = 0; r < n; r++)
            {
                if (r == k || m[r, k] == 0) continue;
                var share = m[r, k] / m[k, k];
                for (var c = k; c < columns; c++) m[r, c] -= share * m[k, c];
            }
        }

        for (var k = 0; k < n; k++)
        {
            for (var c = n; c < columns; c++) m[k, c] /= m[k, k];
        }
    }
}
