using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>The coarse levels and their W-cycle; the last is solved directly.</summary>
internal sealed class CoarseCycle
{
    const int MostNodesDirect = 48;

    readonly List<BlockLevel> levels = [];
    readonly List<BlockTransfer> transfers = [];
    readonly double[] factor;
    readonly double[] direct;

    public CoarseCycle(BlockLevel first, int threads, CancellationToken cancel)
    {
        levels.Add(first);
        while (levels[^1].Nodes.Count > MostNodesDirect)
        {
            cancel.ThrowIfCancellationRequested();
            transfers.Add(new BlockTransfer(levels[^1], threads));
            levels.Add(transfers[^1].Coarse);
        }

        var last = levels[^1];
        var n = 4 * last.Nodes.Count;
        factor = new double[n * n];
        direct = new double[n];
        for (var node = 0; node < last.Nodes.Count; node++)
        {
            for (var s = 0; s < 9; s++)
            {
                var other = last.Nodes.Neighbours[9 * node + s];
                if (other == last.Nodes.Count) continue;
                for (var c = 0; c < 4; c++)
                    for (var r = 0; r < 4; r++) factor[(4 * node + r) * n + 4 * other + c] = last.Blocks[4 * (9 * node + s) + c][r];
            }
        }

        DenseCholesky.Factor(factor, n);
    }

    /// <summary>Solves the first level roughly: X from Right, beginning at X = 0.</summary>
    public void Solve() => Cycle(0);

    void Cycle(int depth)
    {
        var level = levels[depth];
        if (depth == transfers.Count)
        {
            SolveLast();
            return;
        }

        level.Sweep(backwards: false);
        // Twice, the second the mirror of the first, so that the whole stays symmetric.
        for (var turn = 0; turn < (depth == 0 ? 1 : 2); turn++)
        {
            if (turn > 0)
            {
                level.Sweep(backwards: true);
                level.Sweep(backwards: false);
            }

            level.Residual();
            transfers[depth].Restrict();
            Cycle(depth + 1);
            transfers[depth].Prolong();
        }

        level.Sweep(backwards: true);
    }

    void SolveLast()
    {
        var last = levels[^1];
        for (var n = 0; n < last.Nodes.Count; n++)
            for (var c = 0; c < 4; c++) direct[4 * n + c] = last.Right[n][c];
        DenseCholesky.Solve(factor, direct.Length, direct);
        for (var n = 0; n < last.Nodes.Count; n++)
            last.X[n] = Vector128.Create((float)direct[4 * n], (float)direct[4 * n + 1], (float)direct[4 * n + 2], (float)direct[4 * n + 3]);
    }
}
