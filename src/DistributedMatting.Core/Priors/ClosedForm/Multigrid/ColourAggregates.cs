using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>
/// Between unknown cells and the first coarse level: on each 4×4 of cells alpha is a function affine in colour
/// (aggregation with several near-null vectors: Vaněk, Mandel, Brezina 1996, unsmoothed).
/// </summary>
internal sealed class ColourAggregates
{
    /// <summary>Cells an aggregate, along each axis.</summary>
    public const int Side = 4;

    const int RowsEach = 16;

    readonly MattingSystem system;
    readonly UnknownLayout layout;
    readonly NodeGrid nodes;
    readonly Vector128<float>[] basis;
    readonly int threads;

    public ColourAggregates(MattingSystem system, float[] rgb, byte[] regions, int threads)
    {
        (this.system, layout, this.threads) = (system, system.Layout, threads);
        var size = layout.Size;
        var grid = new PixelSize((size.Width + Side - 1) / Side, (size.Height + Side - 1) / Side);
        var present = new bool[grid.Pixels];
        Visit(grid.Height, regions, (_, _, x, y) => present[y / Side * grid.Width + x / Side] = true);
        nodes = new NodeGrid(grid, present);

        var plane = regions.Length;
        var moments = new ColourMoments[nodes.Count];
        Visit(grid.Height, regions, (_, at, x, y) => moments[nodes.At(x / Side, y / Side)].Add(rgb[at], rgb[plane + at], rgb[2 * plane + at]));
        var frames = new ColourFrame[nodes.Count];
        for (var n = 0; n < frames.Length; n++) frames[n] = new ColourFrame(moments[n]);
        basis = new Vector128<float>[layout.Count];
        Visit(grid.Height, regions, (cell, at, x, y) =>
        {
            var (a, b, c) = frames[nodes.At(x / Side, y / Side)].Whiten(rgb[at], rgb[plane + at], rgb[2 * plane + at]);
            basis[cell] = Vector128.Create(1f, (float)a, (float)b, (float)c);
        });
        Coarse = new BlockLevel(nodes, frames, moments, Galerkin(), threads);
    }

    public BlockLevel Coarse { get; }

    /// <summary>The coarse right-hand side from the cells' residual; the coarse guess is zero.</summary>
    public void Restrict(float[] rest) => Work.For(nodes.Size.Height, threads, row =>
    {
        // Nodes are numbered in reading order, so those of a row follow each other.
        var (first, end) = nodes.Row(row);
        Coarse.Right.AsSpan(first, end - first).Clear();
        Coarse.X.AsSpan(first, end - first).Clear();

        foreach (var run in Runs(row))
        {
            for (var i = 0; i < run.Length;)
            {
                var column = (run.X + i) / Side;
                var last = Math.Min(run.Length, (column + 1) * Side - run.X);
                var sum = Vector128<float>.Zero;
                for (; i < last; i++) sum += basis[run.Here + i] * rest[run.Here + i];
                // A gap in the run may reach over an aggregate without unknown cells; what it adds is zero.
                Coarse.Right[nodes.At(column, row)] += sum;
            }
        }
    });

    /// <summary>Adds the coarse answer to x.</summary>
    public void Prolong(float[] x) => Work.For(nodes.Size.Height, threads, row =>
    {
        foreach (var run in Runs(row))
        {
            for (var i = 0; i < run.Length;)
            {
                var column = (run.X + i) / Side;
                var end = Math.Min(run.Length, (column + 1) * Side - run.X);
                var coarse = Coarse.X[nodes.At(column, row)];
                for (; i < end; i++) x[run.Here + i] += Vector128.Sum(basis[run.Here + i] * coarse);
            }
        }
    });

    ReadOnlySpan<UnknownLayout.Run> Runs(int row)
    {
        var last = Math.Min(layout.Size.Height, (row + 1) * Side);
        return layout.Runs.AsSpan(layout.FirstRun[row * Side]..layout.FirstRun[last]);
    }

    /// <summary>Calls with each unknown cell's place among the unknowns and in the image, column and row; rows of aggregates at once.</summary>
    void Visit(int rows, byte[] regions, Action<int, int, int, int> cell) => Work.For(Work.Pieces(rows, RowsEach), threads, piece =>
    {
        for (var row = piece * RowsEach; row < Math.Min(rows, (piece + 1) * RowsEach); row++)
        {
            foreach (var run in Runs(row))
            {
                for (var i = 0; i < run.Length; i++)
                {
                    var at = run.Y * layout.Size.Width + run.X + i;
                    if (regions[at] == (byte)Region.Unknown) cell(run.Here + i, at, run.X + i, run.Y);
                }
            }
        }
    });

    /// <summary>Pᵀ A P.</summary>
    Vector128<float>[] Galerkin()
    {
        var blocks = new Vector128<float>[36 * nodes.Count];
        Work.For(nodes.Size.Height, threads, row =>
        {
            Span<Vector128<float>> sums = stackalloc Vector128<float>[9];
            foreach (var run in Runs(row))
            {
                for (var i = 0; i < run.Length; i++)
                {
                    var own = basis[run.Here + i];
                    if (own == Vector128<float>.Zero) continue;

                    sums.Clear();
                    Neighbours(run, i, sums);
                    var block = 36 * nodes.At((run.X + i) / Side, row);
                    for (var s = 0; s < 9; s++)
                    {
                        var sum = sums[s];
                        if (sum == Vector128<float>.Zero) continue;
                        for (var c = 0; c < 4; c++) blocks[block + 4 * s + c] += own * sum[c];
                    }
                }
            }
        });
        return blocks;
    }

    /// <summary>Σ A_ij v_j over the cells j of each neighbouring aggregate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Neighbours(in UnknownLayout.Run run, int i, Span<Vector128<float>> sums)
    {
        var c = system.Coefficients;
        var n = layout.Count;
        var (inX, inY) = ((run.X + i) % Side, run.Y % Side);
        sums[4] += basis[run.Here + i] * c[run.Here + i];
        for (var p = 1; p < MattingSystem.Planes; p++)
        {
            var (dx, dy) = MattingSystem.Steps[p];
            var after = i + dx + (dy == 0 ? run.Here : dy == 1 ? run.Down1 : run.Down2);
            var before = i - dx + (dy == 0 ? run.Here : dy == 1 ? run.Up1 : run.Up2);
            sums[Slot(inX + dx, inY + dy)] += basis[after] * c[p * n + run.Here + i];
            sums[Slot(inX - dx, inY - dy)] += basis[before] * c[p * n + before];
        }
    }

    static int Slot(int x, int y) => 3 * (y < 0 ? 0 : y < Side ? 1 : 2) + (x < 0 ? 0 : x < Side ? 1 : 2);
}
