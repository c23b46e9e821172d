using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.ClosedForm.Multigrid;

/// <summary>The nodes of a coarse level: cells of a coarse grid that hold something, numbered in reading order.</summary>
internal sealed class NodeGrid
{
    readonly int[] ids;
    readonly int[] firstOfRow;

    /// <param name="size">The grid.</param>
    /// <param name="present">Whether a cell holds a node.</param>
    public NodeGrid(PixelSize size, bool[] present)
    {
        Size = size;
        ids = new int[present.Length];
        firstOfRow = new int[size.Height + 1];
        var cells = new List<int>();
        for (var i = 0; i < present.Length; i++)
        {
            if (i % size.Width == 0) firstOfRow[i / size.Width] = cells.Count;
            if (!present[i]) continue;
            ids[i] = cells.Count;
            cells.Add(i);
        }

        firstOfRow[^1] = cells.Count;
        Cells = [.. cells];
        for (var i = 0; i < present.Length; i++)
            if (!present[i]) ids[i] = Count;

        Neighbours = new int[9 * Count];
        for (var n = 0; n < Count; n++)
        {
            var (y, x) = Math.DivRem(Cells[n], size.Width);
            for (var s = 0; s < 9; s++) Neighbours[9 * n + s] = At(x + s % 3 - 1, y + s / 3 - 1);
        }
    }

    public PixelSize Size { get; }

    /// <summary>Nodes; also the number of the node that is missing.</summary>
    public int Count => Cells.Length;

    /// <summary>The grid cell of each node.</summary>
    public int[] Cells { get; }

    /// <summary>Nine a node, in reading order, itself the fifth.</summary>
    public int[] Neighbours { get; }

    /// <summary>The first node of a row of the grid, and the first after it.</summary>
    public (int First, int End) Row(int y) => (firstOfRow[y], firstOfRow[y + 1]);

    /// <summary>The node at a cell of the grid.</summary>
    public int At(int x, int y) => x < 0 || y < 0 || x >= Size.Width || y >= Size.Height ? Count : ids[y * Size.Width + x];

    /// <summary>Nodes by the parity of column and row: nodes of one colour are not neighbours.</summary>
    public int[][] Colours()
    {
        var colours = new List<int>[] { [], [], [], [] };
        for (var n = 0; n < Count; n++)
        {
            var (y, x) = Math.DivRem(Cells[n], Size.Width);
            colours[2 * (y & 1) + (x & 1)].Add(n);
        }

        return [.. colours.Select(c => c.ToArray())];
    }

    /// <summary>The grid of cells twice as large.</summary>
    public NodeGrid Coarser()
    {
        var half = new PixelSize((Size.Width + 1) / 2, (Size.Height + 1) / 2);
        var present = new bool[half.Pixels];
        foreach (var cell in Cells) present[cell / Size.Width / 2 * half.Width + cell % Size.Width / 2] = true;
        return new NodeGrid(half, present);
    }
}
