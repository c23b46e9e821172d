using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>
/// A coarse level: nodes on a grid, four unknowns each (coefficients of its <see cref="ColourFrame"/>),
/// 4×4 blocks to the eight neighbours. A node past the last stands for all that are missing; its values stay zero.
/// </summary>
internal sealed class BlockLevel
{
    // Fewer, and handing them out takes longer than they do.
    const int NodesEach = 2048;

    readonly int threads;
    readonly int[][] colours;
    readonly Vector128<float>[] inverse;

    /// <param name="nodes">Where nodes are.</param>
    /// <param name="frames">The frame of each node.</param>
    /// <param name="moments">The moments of each node.</param>
    /// <param name="blocks">Column c of the block of node n to its neighbour s: (9 n + s) × 4 + c.</param>
    /// <param name="threads">Threads to use.</param>
    public BlockLevel(NodeGrid nodes, ColourFrame[] frames, ColourMoments[] moments, Vector128<float>[] blocks, int threads)
    {
        (Nodes, Frames, Moments, Blocks, this.threads) = (nodes, frames, moments, blocks, threads);
        X = new Vector128<float>[nodes.Count + 1];
        Right = new Vector128<float>[nodes.Count + 1];
        Rest = new Vector128<float>[nodes.Count + 1];
        inverse = new Vector128<float>[4 * nodes.Count];
        Work.For(Work.Pieces(nodes.Count, NodesEach), threads, piece =>
        {
            for (var n = piece * NodesEach; n < Math.Min(nodes.Count, (piece + 1) * NodesEach); n++) Invert(n);
        });
        colours = nodes.Colours();
    }

    public NodeGrid Nodes { get; }

    public ColourFrame[] Frames { get; }

    public ColourMoments[] Moments { get; }

    public Vector128<float>[] Blocks { get; }

    public Vector128<float>[] X { get; }

    public Vector128<float>[] Right { get; }

    public Vector128<float>[] Rest { get; }

    /// <summary>One sweep of Gauss–Seidel over blocks in four colours; backwards it is the forward sweep's transpose.</summary>
    public void Sweep(bool backwards)
    {
        for (var step = 0; step < 4; step++)
        {
            var nodes = colours[backwards ? 3 - step : step];
            Work.For(Work.Pieces(nodes.Length, NodesEach), threads, piece =>
            {
                var end = Math.Min(nodes.Length, (piece + 1) * NodesEach);
                for (var i = piece * NodesEach; i < end; i++)
                {
                    var n = nodes[i];
                    X[n] = Times(inverse, 4 * n, Right[n] - Coupled(n, own: false));
                }
            });
        }
    }

    /// <summary>Rest = Right − A · X.</summary>
    public void Residual() => Work.For(Work.Pieces(Nodes.Count, NodesEach), threads, piece =>
    {
        var end = Math.Min(Nodes.Count, (piece + 1) * NodesEach);
        for (var n = piece * NodesEach; n < end; n++) Rest[n] = Right[n] - Coupled(n, own: true);
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    Vector128<float> Coupled(int n, bool own)
    {
        var sum = Vector128<float>.Zero;
        var neighbours = Nodes.Neighbours.AsSpan(9 * n, 9);
        var (blocks, x, missing) = (Blocks, X, Nodes.Count);
        for (var s = 0; s < neighbours.Length; s++)
        {
            var other = neighbours[s];
            if (other == missing || (s == 4 && !own)) continue;
            // In the first sweep half of all values are still zero; their blocks need not come from memory.
            var value = x[other];
            if (value != Vector128<float>.Zero) sum += Times(blocks, 4 * (9 * n + s), value);
        }

        return sum;
    }

    /// <summary>The matrix whose four columns begin at <paramref name="at"/>, times a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Times(Vector128<float>[] columns, int at, Vector128<float> x)
    {
        ref var c = ref columns[at];
        var low = Vector128.FusedMultiplyAdd(c, Vector128.Shuffle(x, Vector128.Create(0, 0, 0, 0)), Unsafe.Add(ref c, 1) * Vector128.Shuffle(x, Vector128.Create(1, 1, 1, 1)));
        var high = Vector128.FusedMultiplyAdd(
            Unsafe.Add(ref c, 2), Vector128.Shuffle(x, Vector128.Create(2, 2, 2, 2)), Unsafe.Add(ref c, 3) * Vector128.Shuffle(x, Vector128.Create(3, 3, 3, 3)));
        return low + high;
    }

    /// <summary>Inverts the diagonal block, having made what hardly counts in it a little stiffer: rounding must not make it negative.</summary>
    void Invert(int n)
    {
        Span<double> a = stackalloc double[16];
        Span<double> e = stackalloc double[4];
        var at = 4 * (9 * n + 4);
        var first = Blocks[at][0];
        for (var c = 0; c < 4; c++)
        {
            var column = Blocks[at + c];
            column = column.WithElement(c, column[c] * (1 + 1e-5f) + 1e-6f * first + 1e-12f);
            Blocks[at + c] = column;
        }

        for (var r = 0; r < 4; r++)
            for (var c = 0; c < 4; c++) a[4 * r + c] = 0.5 * (Blocks[at + c][r] + (double)Blocks[at + r][c]);
        DenseCholesky.Factor(a, 4);
        for (var c = 0; c < 4; c++)
        {
            e.Clear();
            e[c] = 1;
            DenseCholesky.Solve(a, 4, e);
            inverse[4 * n + c] = Vector128.Create((float)e[0], (float)e[1], (float)e[2], (float)e[3]);
        }
    }
}
