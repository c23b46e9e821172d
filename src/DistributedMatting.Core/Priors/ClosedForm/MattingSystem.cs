using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>
/// A · x = b over the unknown cells: a symmetric 5×5 stencil, its diagonal and the twelve neighbours that follow
/// in reading order; the others are read where they are stored. Known cells stand on the right-hand side.
/// </summary>
internal sealed class MattingSystem
{
    /// <summary>Planes of coefficients: the diagonal and twelve neighbours.</summary>
    public const int Planes = 13;

    /// <summary>Column and row steps to the neighbour of each plane.</summary>
    public static ReadOnlySpan<(int X, int Y)> Steps => steps;

    static readonly (int X, int Y)[] steps =
    [
        (0, 0), (1, 0), (2, 0),
        (-2, 1), (-1, 1), (0, 1), (1, 1), (2, 1),
        (-2, 2), (-1, 2), (0, 2), (1, 2), (2, 2),
    ];

    public MattingSystem(UnknownLayout layout)
    {
        Layout = layout;
        Coefficients = new float[checked((long)Planes * layout.Count)];
        RightHandSide = new float[layout.Count];
        Pieces = RunPieces.Cut(layout, cells: 8192);
    }

    public UnknownLayout Layout { get; }

    /// <summary><see cref="Planes"/> planes as long as a vector.</summary>
    public float[] Coefficients { get; }

    public float[] RightHandSide { get; }

    /// <summary>Runs by piece of work: piece i has runs Pieces[i] … Pieces[i + 1] − 1.</summary>
    public int[] Pieces { get; }

    /// <summary>The plane of a neighbour that follows in reading order.</summary>
    public static int Plane(int dx, int dy) => dy == 0 ? dx : 5 * dy + dx;

    /// <summary>Adds the evidence's Σ wᵢ (αᵢ − αᵢ')²: w to the diagonal, w α' to the right-hand side.</summary>
    public void Pull(ReadOnlySpan<byte> regions, AlphaEvidence evidence)
    {
        foreach (var run in Layout.Runs)
        {
            var from = run.Y * Layout.Size.Width + run.X;
            for (var i = 0; i < run.Length; i++)
            {
                if (regions[from + i] != (byte)Region.Unknown) continue;
                Coefficients[run.Here + i] += evidence.Weight[from + i];
                RightHandSide[run.Here + i] += evidence.Weight[from + i] * evidence.Alpha[from + i];
            }
        }
    }

    /// <summary>y = A · x on one piece of work; the piece's share of x · y.</summary>
    public double Multiply(int piece, float[] x, float[] y)
    {
        var total = 0.0;
        for (var i = Pieces[piece]; i < Pieces[piece + 1]; i++) total += Multiply<AsTheyAre>(Layout.Runs[i], x, y);
        return total;
    }

    /// <summary>y = |A| · x on one piece of work.</summary>
    public void MultiplyAbsolute(int piece, float[] x, float[] y)
    {
        for (var i = Pieces[piece]; i < Pieces[piece + 1]; i++) Multiply<Absolute>(Layout.Runs[i], x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Multiply<TValues>(in UnknownLayout.Run run, float[] x, float[] y)
        where TValues : IValues
    {
        ref var xs = ref MemoryMarshal.GetArrayDataReference(x);
        ref var ys = ref MemoryMarshal.GetArrayDataReference(y);
        ref var c = ref MemoryMarshal.GetArrayDataReference(Coefficients);
        nint plane = Layout.Count;
        nint here = run.Here, up1 = run.Up1, up2 = run.Up2, down1 = run.Down1, down2 = run.Down2;
        var dot = Vector256<float>.Zero;
        for (nint end = here + run.Registers * UnknownLayout.Lanes; here < end;)
        {
            var own = Load(ref xs, here);
            var sum = TValues.Of(Load(ref c, here)) * own;
            var more = Vector256<float>.Zero;

            sum = Add<TValues>(ref c, here + plane, ref xs, here + 1, sum);
            more = Add<TValues>(ref c, here + plane - 1, ref xs, here - 1, more);
            sum = Add<TValues>(ref c, here + 2 * plane, ref xs, here + 2, sum);
            more = Add<TValues>(ref c, here + 2 * plane - 2, ref xs, here - 2, more);

            sum = Add<TValues>(ref c, here + 3 * plane, ref xs, down1 - 2, sum);
            more = Add<TValues>(ref c, up1 + 3 * plane + 2, ref xs, up1 + 2, more);
            sum = Add<TValues>(ref c, here + 4 * plane, ref xs, down1 - 1, sum);
            more = Add<TValues>(ref c, up1 + 4 * plane + 1, ref xs, up1 + 1, more);
            sum = Add<TValues>(ref c, here + 5 * plane, ref xs, down1, sum);
            more = Add<TValues>(ref c, up1 + 5 * plane, ref xs, up1, more);
            sum = Add<TValues>(ref c, here + 6 * plane, ref xs, down1 + 1, sum);
            more = Add<TValues>(ref c, up1 + 6 * plane - 1, ref xs, up1 - 1, more);
            sum = Add<TValues>(ref c, here + 7 * plane, ref xs, down1 + 2, sum);
            more = Add<TValues>(ref c, up1 + 7 * plane - 2, ref xs, up1 - 2, more);

            sum = Add<TValues>(ref c, here + 8 * plane, ref xs, down2 - 2, sum);
            more = Add<TValues>(ref c, up2 + 8 * plane + 2, ref xs, up2 + 2, more);
            sum = Add<TValues>(ref c, here + 9 * plane, ref xs, down2 - 1, sum);
            more = Add<TValues>(ref c, up2 + 9 * plane + 1, ref xs, up2 + 1, more);
            sum = Add<TValues>(ref c, here + 10 * plane, ref xs, down2, sum);
            more = Add<TValues>(ref c, up2 + 10 * plane, ref xs, up2, more);
            sum = Add<TValues>(ref c, here + 11 * plane, ref xs, down2 + 1, sum);
            more = Add<TValues>(ref c, up2 + 11 * plane - 1, ref xs, up2 - 1, more);
            sum = Add<TValues>(ref c, here + 12 * plane, ref xs, down2 + 2, sum);
            more = Add<TValues>(ref c, up2 + 12 * plane - 2, ref xs, up2 - 2, more);

            sum += more;
            Store(sum, ref ys, here);
            dot += sum * own;
            here += UnknownLayout.Lanes;
            up1 += UnknownLayout.Lanes;
            up2 += UnknownLayout.Lanes;
            down1 += UnknownLayout.Lanes;
            down2 += UnknownLayout.Lanes;
        }

        return Vector256.Sum(dot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Load(ref float first, nint at) => Vector256.LoadUnsafe(ref Unsafe.Add(ref first, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<float> value, ref float first, nint at) => value.StoreUnsafe(ref Unsafe.Add(ref first, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Add<TValues>(ref float c, nint i, ref float x, nint j, Vector256<float> sum)
        where TValues : IValues =>
        Vector256.FusedMultiplyAdd(TValues.Of(Load(ref c, i)), Load(ref x, j), sum);

    interface IValues
    {
        static abstract Vector256<float> Of(Vector256<float> c);
    }

    readonly struct AsTheyAre : IValues
    {
        public static Vector256<float> Of(Vector256<float> c) => c;
    }

    readonly struct Absolute : IValues
    {
        public static Vector256<float> Of(Vector256<float> c) => Vector256.Abs(c);
    }
}
