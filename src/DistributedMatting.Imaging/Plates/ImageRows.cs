using System.Runtime.ExceptionServices;
using DistributedMatting.Core;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// The rows of an image file, upright, top to bottom, once, in the file's own sample type. Decoding happens in the call,
/// a strip at a time, by as many threads as there are decoders; what is held is a strip and what the decoders need (for tiles,
/// two rows of them each).
/// </summary>
internal sealed unsafe class ImageRows : IDisposable
{
    private const int StripBytes = 2 << 20;
    private const int TurnedStripBytes = 32 << 20;

    private readonly Decoders _decoders;
    private readonly ScratchFile? _scratch;
    private readonly int _stripRows;
    private byte[] _strip = [];
    private int _stripFirst;
    private int _stripEnd;

    /// <summary>Takes over the decoders of the image, and the scratch file that it reads, if any.</summary>
    internal ImageRows(Decoders decoders, PlateInfo info, VipsFormat format, ScratchFile? scratch = null)
    {
        (_decoders, _scratch) = (decoders, scratch);
        Info = info;
        Format = format;
        Bands = LibVips.Bands(Image);
        SampleBytes = format switch { VipsFormat.UChar => 1, VipsFormat.UShort => 2, _ => 4 };
        // Turned images are read across the grain: few wide strips, not many thin ones.
        var (bytes, rows) = info.Orientation > 2 ? (TurnedStripBytes, 256) : (StripBytes, 128);
        _stripRows = (int)Math.Clamp(bytes / RowBytes, 1, rows);
    }

    internal PlateInfo Info { get; }

    /// <summary>The whole picture, for an operation that streams it by itself; valid while this object lives.</summary>
    internal VipsHandle Image => _decoders.First;

    /// <summary>UChar, UShort or Float.</summary>
    internal VipsFormat Format { get; }

    internal int Bands { get; }

    internal int SampleBytes { get; }

    internal long RowBytes => (long)Info.Size.Width * Bands * SampleBytes;

    /// <summary>The next row that will be given.</summary>
    internal int Next { get; private set; }

    /// <summary>The next rows, interleaved, in the file's sample type; at least one, at most <paramref name="rows"/>. Valid until the next call.</summary>
    internal ReadOnlySpan<byte> Take(int rows, out int taken)
    {
        if (rows < 1 || Next >= Info.Size.Height)
            throw new ArgumentOutOfRangeException(nameof(rows), $"row {Next} of {Info.Size.Height} was asked for");
        if (Next >= _stripEnd)
            Fetch();
        taken = Math.Min(rows, _stripEnd - Next);
        var row = (int)RowBytes;
        var span = _strip.AsSpan((Next - _stripFirst) * row, taken * row);
        Next += taken;
        return span;
    }

    public void Dispose()
    {
        _decoders.Dispose();
        _scratch?.Dispose();
    }

    private void Fetch()
    {
        var rows = Math.Min(_stripRows, Info.Size.Height - Next);
        var bytes = checked((int)(rows * RowBytes));
        if (_strip.Length < bytes)
            _strip = GC.AllocateUninitializedArray<byte>(bytes);
        _decoders.Open();
        if (_decoders.Count == 1)
            Fetch(_decoders[0], rows);
        else
            FetchSideBySide(rows);
        (_stripFirst, _stripEnd) = (Next, Next + rows);
    }

    private void FetchSideBySide(int rows)
    {
        try
        {
            Parallel.For(0, _decoders.Count, i => Fetch(_decoders[i], rows));
        }
        catch (AggregateException e) when (e.InnerException is InvalidInputException)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }

    private void Fetch((VipsHandle Image, int First, int Columns) from, int rows)
    {
        var (image, first, columns) = from;
        // A region belongs to the thread that made it, so each strip has its own: the caller may change threads.
        using var region = LibVips.RegionNew(image);
        var data = region.IsInvalid ? 0 : LibVips.RegionFetch(region, first, Next, columns, rows, out _);
        if (data == 0)
        {
            var why = Vips.Failure();
            throw new InvalidInputException($"{Info.Path}: is cut short or damaged: {Next} of {Info.Size.Height} rows can be read; export it again", why);
        }

        try
        {
            var (bytes, pixel) = (columns * Bands * SampleBytes, Bands * SampleBytes);
            for (var row = 0; row < rows; row++)
                new ReadOnlySpan<byte>((byte*)data + ((long)row * bytes), bytes).CopyTo(_strip.AsSpan((int)(row * RowBytes) + (first * pixel)));
        }
        finally
        {
            LibVips.Free(data);
        }
    }
}
