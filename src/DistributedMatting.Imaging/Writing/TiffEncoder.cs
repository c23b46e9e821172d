namespace DistributedMatting.Imaging;

/// <summary>
/// Tiled TIFF, deflate with a predictor (horizontal differences for integers, Adobe's floating-point predictor for floats);
/// BigTIFF from 2 GB of samples on. Tiles of a band are compressed side by side and written in order,
/// so the file does not depend on the number of threads.
/// </summary>
internal sealed class TiffEncoder : IRowEncoder
{
    private const int TileWidth = 256;
    private const long BigTiffFrom = 1L << 31;
    private const int MaxBandBytes = 16 << 20;

    private readonly Stream _file;
    private readonly RowFormat _format;
    private readonly int _threads;
    private readonly List<long> _offsets = [];
    private readonly List<long> _counts = [];
    private readonly TiffDirectory _directory;
    private readonly Work[] _work; // a tile of a band each, used again for every band

    internal TiffEncoder(Stream file, RowFormat format, int threads, long bigTiffFrom = BigTiffFrom)
    {
        (_file, _format, _threads) = (file, format, threads);
        BandRows = TileWidth;
        while (BandRows > 16 && (long)BandRows * format.RowBytes > MaxBandBytes)
            BandRows /= 2; // very wide pictures get flat tiles, so that a band stays small
        var tiles = (format.Size.Width + TileWidth - 1) / TileWidth;
        _work = [.. Enumerable.Range(0, tiles).Select(_ => new Work(new byte[BandRows * TileWidth * format.PixelBytes], new MemoryStream()))];
        _directory = new TiffDirectory(format.RawBytes >= bigTiffFrom);
        _directory.WriteHeader(file);
    }

    public int BandRows { get; }

    public void WriteBand(byte[] rows, int count)
    {
        var tiles = new ArraySegment<byte>[_work.Length];
        Parallel.For(0, tiles.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            Fill(_work[i].Samples, rows, count, i * TileWidth);
            tiles[i] = Deflate.Whole(_work[i].Samples, _work[i].Compressed);
        });

        foreach (var tile in tiles)
        {
            _offsets.Add(_file.Position);
            _counts.Add(tile.Count);
            _file.Write(tile);
            if ((tile.Count & 1) != 0)
                _file.WriteByte(0); // TIFF likes even offsets
        }
    }

    public void Finish()
    {
        var bands = _format.Bands;
        _directory.Add(256, TiffType.Long, _format.Size.Width);
        _directory.Add(257, TiffType.Long, _format.Size.Height);
        _directory.Add(258, TiffType.Short, [.. Enumerable.Repeat((long)_format.Bits, bands)]);
        _directory.Add(259, TiffType.Short, 8); // Adobe deflate
        _directory.Add(262, TiffType.Short, bands < 3 ? 1 : 2); // 0 is black; RGB
        _directory.Add(274, TiffType.Short, _format.Orientation);
        _directory.Add(277, TiffType.Short, bands);
        _directory.Add(282, TiffType.Rational, 72, 1);
        _directory.Add(283, TiffType.Rational, 72, 1);
        _directory.Add(284, TiffType.Short, 1); // interleaved
        _directory.Add(296, TiffType.Short, 2); // dots an inch
        _directory.Add(317, TiffType.Short, _format.Bits == 32 ? 3 : 2);
        _directory.Add(322, TiffType.Short, TileWidth);
        _directory.Add(323, TiffType.Short, BandRows);
        _directory.Add(324, _directory.Big ? TiffType.Long8 : TiffType.Long, [.. _offsets]);
        _directory.Add(325, TiffType.Long, [.. _counts]);
        if (bands is 2 or 4)
            _directory.Add(338, TiffType.Short, 2); // the last band is alpha, not multiplied in
        _directory.Add(339, TiffType.Short, [.. Enumerable.Repeat(_format.Bits == 32 ? 3L : 1L, bands)]);
        if (_format.Icc is { } icc)
            _directory.Add(34675, icc.Span);
        _directory.WriteTo(_file);
    }

    /// <summary>A tile's samples, differenced; past the picture its last column and row are repeated, which costs nothing.</summary>
    private void Fill(byte[] tile, byte[] rows, int count, int left)
    {
        var pixel = _format.PixelBytes;
        var row = TileWidth * pixel;
        var inside = Math.Min(TileWidth, _format.Size.Width - left) * pixel;
        for (var y = 0; y < BandRows; y++)
        {
            var to = tile.AsSpan(y * row, row);
            rows.AsSpan((Math.Min(y, count - 1) * _format.RowBytes) + (left * pixel), inside).CopyTo(to);
            for (var i = inside; i < row; i++)
                to[i] = to[i - pixel];
            TiffPredictor.Apply(to, _format.Bits, _format.Bands);
        }
    }

    private sealed record Work(byte[] Samples, MemoryStream Compressed);
}
