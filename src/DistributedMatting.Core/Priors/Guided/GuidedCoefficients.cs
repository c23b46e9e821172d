using System.Buffers;
using System.Runtime.CompilerServices;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Guided;

/// <summary>
/// The fast guided filter (He and Sun, "Fast Guided Filter", 2015; Eqs. 5, 6 and 8 of the guided filter with a colour guide):
/// in each window alpha ≈ a · colour + b, and every cell takes the mean a and b of the windows that hold it.
/// Applied to the colours of the full plate they carry alpha along its fine structure.
/// </summary>
internal static class GuidedCoefficients
{
    /// <summary>Planes: a for R, G and B, and b.</summary>
    public const int Planes = 4;

    const int Radius = 2;
    const float Epsilon = 1e-4f;
    const int RowsEach = 64;
    const int Moments = 13;

    /// <summary>The averaged coefficients as <see cref="Planes"/> planes.</summary>
    /// <param name="rgb">The guide's planes.</param>
    /// <param name="alpha">What is to be guided.</param>
    /// <param name="size">Their size.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancel">Stops between pieces.</param>
    public static float[] Find(float[] rgb, float[] alpha, PixelSize size, int threads, CancellationToken cancel)
    {
        var mean = new float[Planes * alpha.Length];
        Work.For(Work.Pieces(size.Height, RowsEach), threads, i =>
        {
            var (first, end) = (i * RowsEach, Math.Min(size.Height, (i + 1) * RowsEach));
            // Each piece fits its neighbours' nearest rows again: cheaper than to keep all rows until all are fitted.
            var fits = new Fits(Math.Max(0, first - Radius), Math.Min(size.Height, end + Radius), size.Width);
            try
            {
                var scratch = new float[(Moments + 1) * Stride(size)];
                for (var y = fits.First; y < fits.End; y++) Fit(rgb, alpha, fits, size, y, scratch);
                for (var y = first; y < end; y++) Average(fits, mean, size, y, scratch.AsSpan(0, 2 * Stride(size)));
            }
            finally
            {
                fits.Dispose();
            }
        }, cancel);
        return mean;
    }

    static int Stride(PixelSize size) => size.Width + 2 * Radius;

    static (int First, int End) Rows(PixelSize size, int y) => (Math.Max(0, y - Radius), Math.Min(size.Height, y + Radius + 1));

    static int Columns(PixelSize size, int x) => Math.Min(size.Width, x + Radius + 1) - Math.Max(0, x - Radius);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Fit(float[] rgb, float[] alpha, in Fits fits, PixelSize size, int y, float[] scratch)
    {
        var (w, n) = (size.Width, alpha.Length);
        var (first, end) = Rows(size, y);
        Array.Clear(scratch);
        for (var row = first; row < end; row++)
        {
            var r = rgb.AsSpan(row * w, w);
            var g = rgb.AsSpan(n + row * w, w);
            var b = rgb.AsSpan(2 * n + row * w, w);
            var p = alpha.AsSpan(row * w, w);
            Sums.Add(r, Moment(0));
            Sums.Add(g, Moment(1));
            Sums.Add(b, Moment(2));
            Sums.Add(p, Moment(3));
            Sums.AddProduct(r, r, Moment(4));
            Sums.AddProduct(r, g, Moment(5));
            Sums.AddProduct(r, b, Moment(6));
            Sums.AddProduct(g, g, Moment(7));
            Sums.AddProduct(g, b, Moment(8));
            Sums.AddProduct(b, b, Moment(9));
            Sums.AddProduct(r, p, Moment(10));
            Sums.AddProduct(g, p, Moment(11));
            Sums.AddProduct(b, p, Moment(12));
        }

        for (var m = 0; m < Moments; m++) Sums.Across(scratch, m * Stride(size), Moments * Stride(size), w);
        var own0 = fits.Row(0, y);
        var own1 = fits.Row(1, y);
        var own2 = fits.Row(2, y);
        var own3 = fits.Row(3, y);
        for (var x = 0; x < w; x++)
        {
            var share = 1f / ((end - first) * Columns(size, x));
            float At(int m) => scratch[m * Stride(size) + x] * share;
            var (mr, mg, mb, mp) = (At(0), At(1), At(2), At(3));
            var (a0, a1, a2) = Solve(
                At(4) - mr * mr + Epsilon, At(5) - mr * mg, At(6) - mr * mb,
                At(7) - mg * mg + Epsilon, At(8) - mg * mb, At(9) - mb * mb + Epsilon,
                At(10) - mr * mp, At(11) - mg * mp, At(12) - mb * mp);
            own0[x] = a0;
            own1[x] = a1;
            own2[x] = a2;
            own3[x] = mp - a0 * mr - a1 * mg - a2 * mb;
        }

        Span<float> Moment(int m) => scratch.AsSpan(m * Stride(size) + Radius, w);
    }

    /// <summary>L D Lᵀ: a determinant would lose what little there is beside a line of colours.</summary>
    static (float, float, float) Solve(float s00, float s01, float s02, float s11, float s12, float s22, float c0, float c1, float c2)
    {
        var l10 = s01 / s00;
        var l20 = s02 / s00;
        var d1 = Math.Max(s11 - l10 * s01, 0.5f * Epsilon);
        var t = s12 - l20 * s01;
        var l21 = t / d1;
        var d2 = Math.Max(s22 - l20 * s02 - l21 * t, 0.5f * Epsilon);
        c1 -= l10 * c0;
        c2 -= l20 * c0 + l21 * c1;
        var a2 = c2 / d2;
        var a1 = c1 / d1 - l21 * a2;
        return (c0 / s00 - l10 * a1 - l20 * a2, a1, a2);
    }

    static void Average(in Fits fits, float[] mean, PixelSize size, int y, Span<float> scratch)
    {
        var (w, n) = (size.Width, mean.Length / Planes);
        var (first, end) = Rows(size, y);
        for (var plane = 0; plane < Planes; plane++)
        {
            scratch.Clear();
            for (var row = first; row < end; row++) Sums.Add(fits.Row(plane, row), scratch.Slice(Radius, w));
            Sums.Across(scratch, 0, Stride(size), w);
            var target = mean.AsSpan(plane * n + y * w, w);
            for (var x = 0; x < w; x++) target[x] = scratch[x] / ((end - first) * Columns(size, x));
        }
    }

    /// <summary>The fitted rows First … End − 1, in memory that is lent.</summary>
    readonly struct Fits(int first, int end, int width) : IDisposable
    {
        readonly float[] values = ArrayPool<float>.Shared.Rent(Planes * (end - first) * width);

        public int First => first;

        public int End => end;

        public Span<float> Row(int plane, int y) => values.AsSpan((plane * (end - first) + y - first) * width, width);

        public void Dispose() => ArrayPool<float>.Shared.Return(values);
    }
}
