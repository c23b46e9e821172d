using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>
/// Where the unknown cells of an image lie in compact vectors. Stored are the unknown cells and all within two
/// cells of them, in segments of a row, with room to the right for a vector register; so a kernel may walk
/// a run of unknown cells in whole registers and read its 5×5 neighbourhood at five offsets, without a branch.
/// Whatever is stored and not unknown stays zero. Cells past the image's edges are stored like any other.
/// </summary>
internal sealed class UnknownLayout
{
    /// <summary>Cells a register holds.</summary>
    public const int Lanes = 8;

    /// <summary>Reach of the matting Laplacian: two 3×3 windows.</summary>
    public const int Reach = 2;

    const int Right = Reach + Lanes;

    readonly int[] firstSegment;
    readonly List<Segment> segments = [];

    /// <summary>A stretch of stored cells of one row: first column, cells, index of the first.</summary>
    public readonly record struct Segment(int X, int Length, int Offset);

    /// <summary>Unknown cells of one row (gaps shorter than a register included) and where the five rows about them begin.</summary>
    public readonly record struct Run(int X, int Y, int Length, int Up2, int Up1, int Here, int Down1, int Down2)
    {
        /// <summary>Whole registers that cover the run.</summary>
        public int Registers => (Length + Lanes - 1) / Lanes;
    }

    public UnknownLayout(PixelSize size, ReadOnlySpan<byte> regions)
    {
        Size = size;
        var rows = new List<(int X, int End)>[size.Height];
        for (var y = 0; y < size.Height; y++) rows[y] = Spans(regions.Slice(y * size.Width, size.Width));

        firstSegment = new int[size.Height + 2 * Reach + 1];
        var count = 0;
        for (var y = -Reach; y < size.Height + Reach; y++)
        {
            firstSegment[y + Reach] = segments.Count;
            foreach (var (x, end) in Union(rows, y, Reach, Reach, Right))
            {
                segments.Add(new Segment(x, end - x, count));
                count = checked(count + end - x);
            }
        }

        firstSegment[^1] = segments.Count;
        Count = (count + Lanes - 1) / Lanes * Lanes;

        FirstRun = new int[size.Height + 1];
        var runs = new List<Run>();
        for (var y = 0; y < size.Height; y++)
        {
            FirstRun[y] = runs.Count;
            foreach (var (x, end) in rows[y])
                runs.Add(new Run(x, y, end - x, Index(x, y - 2), Index(x, y - 1), Index(x, y), Index(x, y + 1), Index(x, y + 2)));
        }

        FirstRun[^1] = runs.Count;
        Runs = [.. runs];
        Spanned = rows;
    }

    /// <summary>The image.</summary>
    public PixelSize Size { get; }

    /// <summary>Length of a vector.</summary>
    public int Count { get; }

    /// <summary>All runs, in row order.</summary>
    public Run[] Runs { get; }

    /// <summary>The first run of each row, and the number of runs.</summary>
    public int[] FirstRun { get; }

    /// <summary>Columns of the runs of each row.</summary>
    public IReadOnlyList<IReadOnlyList<(int X, int End)>> Spanned { get; }

    /// <summary>Stored stretches of a row, which may lie up to two rows outside the image.</summary>
    public ReadOnlySpan<Segment> Segments(int y) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(segments)[firstSegment[y + Reach]..firstSegment[y + Reach + 1]];

    /// <summary>Index of a stored cell.</summary>
    public int Index(int x, int y)
    {
        var row = Segments(y);
        int low = 0, high = row.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (row[middle].X <= x) low = middle;
            else high = middle - 1;
        }

        return row[low].Offset + x - row[low].X;
    }

    /// <summary>Columns within reach of the unknown cells of rows y ± <paramref name="rows"/>, as separate stretches from left to right.</summary>
    public static List<(int X, int End)> Union(IReadOnlyList<IReadOnlyList<(int X, int End)>> spans, int y, int rows, int left, int right)
    {
        var all = new List<(int X, int End)>();
        for (var at = Math.Max(0, y - rows); at <= Math.Min(spans.Count - 1, y + rows); at++) all.AddRange(spans[at]);
        all.Sort();
        var merged = new List<(int X, int End)>(all.Count);
        foreach (var (x, end) in all)
        {
            if (merged.Count > 0 && merged[^1].End >= x - left) merged[^1] = (merged[^1].X, Math.Max(merged[^1].End, end + right));
            else merged.Add((x - left, end + right));
        }

        return merged;
    }

    static List<(int X, int End)> Spans(ReadOnlySpan<byte> row)
    {
        var spans = new List<(int X, int End)>();
        for (var x = 0; x < row.Length; x++)
        {
            if (row[x] != (byte)Region.Unknown) continue;

            var known = row[x..].IndexOfAnyExcept((byte)Region.Unknown);
            var end = known < 0 ? row.Length : x + known;
            // Runs are walked in whole registers and must not meet in one.
            if (spans.Count > 0 && x - spans[^1].End < Lanes) spans[^1] = (spans[^1].X, end);
            else spans.Add((x, end));
            x = end;
        }

        return spans;
    }
}
