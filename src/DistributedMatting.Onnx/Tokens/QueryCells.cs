using System.Buffers;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Onnx.Tokens;

/// <summary>Indices of a query's unknown cells, ascending: the only cells that ask (Eq. 3's s ∈ U).</summary>
internal sealed class QueryCells : IDisposable
{
    private readonly long[] _cells;

    private QueryCells(long[] cells, int count)
    {
        _cells = cells;
        Count = count;
    }

    /// <summary>Unknown cells; may be 0.</summary>
    public int Count { get; }

    /// <summary>Their indices; never an empty span, so that it can be pinned.</summary>
    public ReadOnlySpan<long> Buffer => _cells;

    /// <summary>Finds them.</summary>
    /// <param name="regions">A <see cref="Region"/> a cell.</param>
    public static QueryCells Of(ReadOnlySpan<byte> regions)
    {
        if (regions.ContainsAnyExceptInRange((byte)Region.Background, (byte)Region.Foreground))
            throw new ArgumentException("The activations' regions hold a value that is no region.", nameof(regions));

        var cells = ArrayPool<long>.Shared.Rent(Math.Max(regions.Length, 1));
        var count = 0;
        for (var i = 0; i < regions.Length; i++)
        {
            if (regions[i] == (byte)Region.Unknown) cells[count++] = i;
        }
        return new QueryCells(cells, count);
    }

    public void Dispose() => ArrayPool<long>.Shared.Return(_cells);
}
