using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>Between a level and the next: a function affine in colour on a 2×2 of nodes is the same function on each.</summary>
internal sealed class BlockTransfer
{
    const int NodesEach = 512;

    readonly BlockLevel fine;
    readonly int[] parents;
    readonly int[] children;
    readonly Vector128<float>[] columns;
    readonly Vector128<float>[] rows;
    readonly int threads;

    public BlockTransfer(BlockLevel fine, int threads)
    {
        (this.fine, this.threads) = (fine, threads);
        var from = fine.Nodes;
        var nodes = from.Coarser();
        parents = new int[from.Count];
        children = new int[4 * nodes.Count];
        Array.Fill(children, from.Count);
        var moments = new ColourMoments[nodes.Count];
        for (var n = 0; n < from.Count; n++)
        {
            var (y, x) = Math.DivRem(from.Cells[n], from.Size.Width);
            parents[n] = nodes.At(x / 2, y / 2);
            children[4 * parents[n] + 2 * (y & 1) + (x & 1)] = n;
            moments[parents[n]].Add(fine.Moments[n]);
        }

        var frames = new ColourFrame[nodes.Count];
        for (var n = 0; n < frames.Length; n++) frames[n] = new ColourFrame(moments[n]);

        columns = new Vector128<float>[4 * from.Count];
        rows = new Vector128<float>[4 * from.Count];
        Work.For(Work.Pieces(from.Count, NodesEach), threads, piece =>
        {
            Span<double> p = stackalloc double[16];
            for (var n = piece * NodesEach; n < Math.Min(from.Count, (piece + 1) * NodesEach); n++)
            {
                fine.Frames[n].From(frames[parents[n]], p);
                for (var i = 0; i < 4; i++)
                {
                    rows[4 * n + i] = Vector128.Create((float)p[4 * i], (float)p[4 * i + 1], (float)p[4 * i + 2], (float)p[4 * i + 3]);
                    columns[4 * n + i] = Vector128.Create((float)p[i], (float)p[4 + i], (float)p[8 + i], (float)p[12 + i]);
                }
            }
        });

        Coarse = new BlockLevel(nodes, frames, moments, Galerkin(nodes), threads);
    }

    public BlockLevel Coarse { get; }

    /// <summary>The coarse right-hand side from the fine rest; the coarse guess is zero.</summary>
    public void Restrict() => Work.For(Work.Pieces(Coarse.Nodes.Count, NodesEach), threads, piece =>
    {
        var end = Math.Min(Coarse.Nodes.Count, (piece + 1) * NodesEach);
        for (var n = piece * NodesEach; n < end; n++)
        {
            var sum = Vector128<float>.Zero;
            for (var i = 0; i < 4; i++)
            {
                var child = children[4 * n + i];
                if (child < parents.Length) sum += BlockLevel.Times(rows, 4 * child, fine.Rest[child]);
            }

            Coarse.Right[n] = sum;
            Coarse.X[n] = Vector128<float>.Zero;
        }
    });

    /// <summary>Adds the coarse answer to the fine one.</summary>
    public void Prolong() => Work.For(Work.Pieces(parents.Length, NodesEach), threads, piece =>
    {
        var end = Math.Min(parents.Length, (piece + 1) * NodesEach);
        for (var n = piece * NodesEach; n < end; n++) fine.X[n] += BlockLevel.Times(columns, 4 * n, Coarse.X[parents[n]]);
    });

    /// <summary>Pᵀ A P.</summary>
    Vector128<float>[] Galerkin(NodeGrid nodes)
    {
        var blocks = new Vector128<float>[36 * nodes.Count];
        var from = fine.Nodes;
        Work.For(Work.Pieces(nodes.Count, NodesEach), threads, piece =>
        {
            for (var parent = piece * NodesEach; parent < Math.Min(nodes.Count, (piece + 1) * NodesEach); parent++)
            {
                foreach (var n in children.AsSpan(4 * parent, 4))
                {
                    if (n == from.Count) continue;
                    for (var s = 0; s < 9; s++)
                    {
                        var other = from.Neighbours[9 * n + s];
                        if (other < from.Count) AddBlock(blocks, nodes, parent, n, s, other);
                    }
                }
            }
        });
        return blocks;
    }

    void AddBlock(Vector128<float>[] blocks, NodeGrid nodes, int parent, int n, int s, int other)
    {
        var to = nodes.Neighbours.AsSpan(9 * parent, 9).IndexOf(parents[other]);
        for (var c = 0; c < 4; c++)
        {
            var column = BlockLevel.Times(fine.Blocks, 4 * (9 * n + s), columns[4 * other + c]);
            blocks[4 * (9 * parent + to) + c] += BlockLevel.Times(rows, 4 * n, column);
        }
    }
}
