using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors;

/// <summary>
/// Builds a <see cref="ReducedPlate"/> from the rows of a plate and its trimap, in order, any number of rows a call.
/// Plate and trimap may come at different paces. For one thread.
/// </summary>
public sealed class PlateReducer
{
    readonly PixelSize full;
    readonly PixelSize size;
    readonly int factor;
    readonly float[] rgb;
    readonly byte[] regions;
    readonly long[] sums;
    int plateRows;
    int trimapRows;

    /// <summary>Begins a plate of the given size.</summary>
    /// <exception cref="InvalidInputException">An option is out of its range.</exception>
    public PlateReducer(PixelSize size, PriorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Height);
        options.Validate();

        full = size;
        factor = ReducedPlate.FactorFor(size, options.Pixels);
        this.size = ReducedPlate.Reduced(size, factor);
        rgb = new float[3 * this.size.Pixels];
        regions = new byte[this.size.Pixels];
        sums = new long[3 * this.size.Width];
    }

    /// <summary>Takes the plate's next rows.</summary>
    /// <param name="rows">Interleaved samples, 0 to 65535; a multiple of 3 × width.</param>
    public void AddPlate(ReadOnlySpan<ushort> rows)
    {
        var stride = 3 * full.Width;
        var count = Rows(rows.Length, stride, plateRows);
        for (var i = 0; i < count; i++) AddPlateRow(rows.Slice(i * stride, stride));
    }

    /// <summary>Takes the trimap's next rows.</summary>
    /// <param name="rows">One <see cref="Region"/> a pixel; a multiple of the width.</param>
    public void AddTrimap(ReadOnlySpan<byte> rows)
    {
        var count = Rows(rows.Length, full.Width, trimapRows);
        for (var i = 0; i < count; i++) AddTrimapRow(rows.Slice(i * full.Width, full.Width));
    }

    /// <summary>The reduced plate, when all rows are in.</summary>
    public ReducedPlate Finish()
    {
        if (plateRows != full.Height || trimapRows != full.Height)
            throw new InvalidOperationException($"{plateRows} rows of the plate and {trimapRows} of the trimap came, of {full.Height}.");
        return new ReducedPlate(full, factor, rgb, regions);
    }

    int Rows(int length, int stride, int already)
    {
        var (count, rest) = Math.DivRem(length, stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rest, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, full.Height - already);
        return count;
    }

    void AddPlateRow(ReadOnlySpan<ushort> row)
    {
        for (var cell = 0; cell < size.Width; cell++)
        {
            var pixels = row[(3 * factor * cell)..Math.Min(row.Length, 3 * factor * (cell + 1))];
            long r = 0, g = 0, b = 0;
            for (var i = 0; i + 2 < pixels.Length; i += 3)
            {
                r += pixels[i];
                g += pixels[i + 1];
                b += pixels[i + 2];
            }

            sums[3 * cell] += r;
            sums[3 * cell + 1] += g;
            sums[3 * cell + 2] += b;
        }

        plateRows++;
        if (plateRows % factor == 0 || plateRows == full.Height) FinishCells();
    }

    void FinishCells()
    {
        var y = (plateRows - 1) / factor;
        var rows = plateRows - y * factor;
        var plane = (int)size.Pixels;
        for (var cell = 0; cell < size.Width; cell++)
        {
            var columns = Math.Min(factor, full.Width - cell * factor);
            var scale = 1.0 / ((double)rows * columns * 65535.0);
            for (var c = 0; c < 3; c++) rgb[c * plane + y * size.Width + cell] = (float)(sums[3 * cell + c] * scale);
        }

        Array.Clear(sums);
    }

    void AddTrimapRow(ReadOnlySpan<byte> row)
    {
        var cells = regions.AsSpan(trimapRows / factor * size.Width, size.Width);
        var first = trimapRows % factor == 0;
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var pixels = row[(factor * cell)..Math.Min(row.Length, factor * (cell + 1))];
            var region = first ? pixels[0] : cells[cell];
            if (region != (byte)Region.Unknown && pixels.ContainsAnyExcept(region)) region = (byte)Region.Unknown;
            cells[cell] = region;
        }

        trimapRows++;
    }
}
