using System.Buffers;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Onnx.Tokens;

/// <summary>
/// Keys and values of all contexts, gathered by region: one dense block of rows for each of U, F and B, contexts in
/// the order given, cells in row order. Only tokens that Eq. 3 reads go to the network.
/// </summary>
internal sealed class ContextTokens : IDisposable
{
    /// <summary>Regions in the order of the network's inputs.</summary>
    public static readonly Region[] Order = [Region.Unknown, Region.Foreground, Region.Background];

    private const int Alignment = 64;
    private readonly byte[] _buffer;

    private ContextTokens(byte[] buffer, RegionTokens[] regions)
    {
        _buffer = buffer;
        Regions = regions;
    }

    /// <summary>Where each region's rows are, in <see cref="Order"/>.</summary>
    public IReadOnlyList<RegionTokens> Regions { get; }

    /// <summary>All rows.</summary>
    public ReadOnlySpan<byte> Buffer => _buffer;

    /// <summary>Gathers.</summary>
    /// <param name="shape">Sizes of the network.</param>
    /// <param name="contexts"><see cref="EncodedPatch.Tokens"/> of each context; none is fine.</param>
    /// <exception cref="ArgumentException">A context is not <see cref="NetworkShape.TokenBytes"/> long, or holds no region.</exception>
    public static ContextTokens Gather(NetworkShape shape, IReadOnlyList<ReadOnlyMemory<byte>> contexts)
    {
        Span<int> rows = stackalloc int[Order.Length];
        foreach (var context in contexts)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(context.Length, shape.TokenBytes, nameof(contexts));
            for (var r = 0; r < Order.Length; r++) rows[r] += context.Span[..shape.Cells].Count((byte)Order[r]);
        }
        if (rows[0] + rows[1] + rows[2] != contexts.Count * shape.Cells)
            throw new ArgumentException("A context's regions hold a value that is no region.", nameof(contexts));

        var regions = new RegionTokens[Order.Length];
        var end = 0;
        for (var r = 0; r < regions.Length; r++)
        {
            regions[r] = new RegionTokens(rows[r], end, rows[r] * 2 * shape.KeyChannels, 2 * shape.ValueChannels * rows[r], Alignment);
            end = regions[r].End;
        }

        var gathered = new ContextTokens(ArrayPool<byte>.Shared.Rent(Math.Max(end, 1)), regions);
        gathered.Fill(shape, contexts);
        return gathered;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Fill(NetworkShape shape, IReadOnlyList<ReadOnlyMemory<byte>> contexts)
    {
        int keyBytes = 2 * shape.KeyChannels, valueBytes = 2 * shape.ValueChannels;
        Span<int> next = stackalloc int[Order.Length];
        foreach (var context in contexts)
        {
            var regions = context.Span[..shape.Cells];
            var keys = context.Span.Slice(shape.Cells, shape.Cells * keyBytes);
            var values = context.Span[(shape.Cells * (1 + keyBytes))..];

            // Cells of a region mostly lie side by side, so runs are copied, not cells.
            for (var cell = 0; cell < regions.Length;)
            {
                var region = regions[cell];
                var run = regions[cell..].IndexOfAnyExcept(region);
                if (run < 0) run = regions.Length - cell;

                var r = Array.IndexOf(Order, (Region)region);
                keys.Slice(cell * keyBytes, run * keyBytes).CopyTo(_buffer.AsSpan(Regions[r].Keys + next[r] * keyBytes));
                values.Slice(cell * valueBytes, run * valueBytes).CopyTo(_buffer.AsSpan(Regions[r].Values + next[r] * valueBytes));
                next[r] += run;
                cell += run;
            }
        }
    }
}
