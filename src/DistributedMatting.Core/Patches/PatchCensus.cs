using DistributedMatting.Core.Context;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Patches;

/// <summary>
/// Which regions each patch of a grid holds, counted from a trimap's rows as they stream by; memory grows with
/// the number of patches only. A patch counts the pixels inside the plate, never reflected ones.
/// A patch whose trimap has no unknown pixel is never inferred: its alpha is its trimap.
/// </summary>
public sealed class PatchCensus
{
    private readonly PatchGrid _grid;
    private readonly byte[] _seen;

    /// <summary>A census that has seen no rows yet.</summary>
    public PatchCensus(PatchGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        _grid = grid;
        _seen = new byte[grid.Count];
    }

    /// <summary>Rows counted so far.</summary>
    public int RowsSeen { get; private set; }

    /// <summary>Whether the whole trimap has been counted. Before that, every answer is of the rows seen.</summary>
    public bool IsComplete => RowsSeen == _grid.Size.Height;

    /// <summary>Pixels of known foreground.</summary>
    public long ForegroundPixels { get; private set; }

    /// <summary>Pixels of known background.</summary>
    public long BackgroundPixels { get; private set; }

    /// <summary>Unknown pixels.</summary>
    public long UnknownPixels { get; private set; }

    /// <summary>Patches with an unknown pixel: those that are inferred.</summary>
    public int InferredCount => _seen.Count(seen => Holds(seen, Region.Unknown));

    /// <summary>Whether a patch holds a pixel of a region.</summary>
    public bool Has(int patchIndex, Region region) => Holds(_seen[patchIndex], region);

    /// <summary>Whether a patch has an unknown pixel, and so is inferred.</summary>
    public bool HasUnknown(int patchIndex) => Has(patchIndex, Region.Unknown);

    /// <summary>Whether a patch is inferred and lacks known foreground or known background, or both.</summary>
    public bool IsOneSided(int patchIndex) =>
        HasUnknown(patchIndex) && !(Has(patchIndex, Region.Foreground) && Has(patchIndex, Region.Background));

    /// <summary>Whether a patch is inferred and draws on contexts.</summary>
    public bool Asks(int patchIndex, ContextUse use) => use == ContextUse.EveryQuery ? HasUnknown(patchIndex) : IsOneSided(patchIndex);

    /// <summary>For every patch in row order, whether it is inferred.</summary>
    public bool[] Inferred() => Array.ConvertAll(_seen, seen => Holds(seen, Region.Unknown));

    /// <summary>Counts the next rows.</summary>
    /// <param name="regions">Whole rows of <see cref="Region"/> values: a multiple of the plate's width.</param>
    /// <exception cref="ArgumentException">No whole rows, more rows than the plate has, or a value that is no region.</exception>
    public void Add(ReadOnlySpan<byte> regions)
    {
        var width = _grid.Size.Width;
        var (rows, rest) = Math.DivRem(regions.Length, width);
        if (rest != 0) throw new ArgumentException($"{regions.Length} values are no whole rows of {width}.", nameof(regions));
        if (rows > _grid.Size.Height - RowsSeen)
            throw new ArgumentException($"{RowsSeen + (long)rows} rows of {_grid.Size.Height}.", nameof(regions));

        for (; rows > 0; rows--, regions = regions[width..]) AddRow(regions[..width]);
    }

    private void AddRow(ReadOnlySpan<byte> row)
    {
        var background = row.Count((byte)Region.Background);
        var unknown = row.Count((byte)Region.Unknown);
        var foreground = row.Count((byte)Region.Foreground);
        if (background + unknown + foreground != row.Length)
            throw new ArgumentException($"Row {RowsSeen} of the trimap holds a value that is no region.", nameof(row));

        BackgroundPixels += background;
        UnknownPixels += unknown;
        ForegroundPixels += foreground;
        var inRow = (byte)(Bit(Region.Background, background) | Bit(Region.Unknown, unknown) | Bit(Region.Foreground, foreground));

        var last = Math.Min(RowsSeen / _grid.Step, _grid.Rows - 1);
        for (var patchRow = last; patchRow >= 0 && RowsSeen < patchRow * _grid.Step + _grid.Side; patchRow--)
            MarkPatches(row, inRow, _seen.AsSpan(patchRow * _grid.Columns, _grid.Columns));
        RowsSeen++;
    }

    private void MarkPatches(ReadOnlySpan<byte> row, byte inRow, Span<byte> patches)
    {
        for (var column = 0; column < patches.Length; column++)
        {
            // Most patches soon have seen all that a row can add; they cost one comparison.
            var wanted = inRow & ~patches[column];
            if (wanted == 0) continue;

            var first = column * _grid.Step;
            var span = row.Slice(first, Math.Min(_grid.Side, row.Length - first));
            for (byte region = 0; region <= (byte)Region.Foreground; region++)
                if ((wanted & 1 << region) != 0 && span.Contains(region))
                    patches[column] |= (byte)(1 << region);
        }
    }

    private static int Bit(Region region, int count) => count == 0 ? 0 : 1 << (int)region;

    private static bool Holds(byte seen, Region region) => (seen & 1 << (int)region) != 0;
}
