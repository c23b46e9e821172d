using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>
/// A pair of samples a cell, by their numbers, and its cost; none where the cell is known. Each row has a margin of such
/// cells before and after it, so that eight neighbours are read at once wherever they begin.
/// </summary>
internal sealed class PairGrid
{
    private const int Margin = PairSearch.FarthestStep + Lanes;

    private readonly int _stride;
    // Numbers count from 1 here, so that a new array holds no pair and need not be filled.
    private readonly int[] _foreground;
    private readonly int[] _background;
    private readonly float[] _cost;

    /// <summary>Cells that are read or written at once.</summary>
    public const int Lanes = 8;

    public PairGrid(PixelSize size)
    {
        _stride = size.Width + 2 * Margin;
        var cells = checked(_stride * size.Height);
        (_foreground, _background, _cost) = (new int[cells], new int[cells], new float[cells]);
    }

    /// <summary>Where a cell's pair is kept.</summary>
    public int At(int x, int y) => y * _stride + Margin + x;

    public float Cost(int at) => _cost[at];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pairs Load(int at) =>
        new(Vector256.Create(_foreground, at) - Vector256<int>.One, Vector256.Create(_background, at) - Vector256<int>.One, Vector256.Create(_cost, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in Pairs pairs, int at)
    {
        (pairs.Foreground + Vector256<int>.One).CopyTo(_foreground.AsSpan(at));
        (pairs.Background + Vector256<int>.One).CopyTo(_background.AsSpan(at));
        pairs.Cost.CopyTo(_cost.AsSpan(at));
    }
}

/// <summary>Eight pairs of samples by their numbers (−1: none), and their costs.</summary>
internal readonly record struct Pairs(Vector256<int> Foreground, Vector256<int> Background, Vector256<float> Cost)
{
    /// <summary>Lanes that have a pair.</summary>
    public Vector256<int> Present => Vector256.GreaterThanOrEqual(Foreground, Vector256<int>.Zero);
}
