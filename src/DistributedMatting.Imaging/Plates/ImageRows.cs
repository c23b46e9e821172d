using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// The rows of an image file, upright, top to bottom, once, in the file's own sample type. Decoding happens in the call,
/// a strip at a time; what is held is a strip and what the decoder needs (for tiles, a row of tiles), never the image.
/// Files that must be turned upright are first decoded to a file in TMPDIR by libvips if they take over 100 MB.
/// </summary>
internal sealed unsafe class ImageRows : IDisposable
{
    private const int StripBytes = 2 << 20;
    private const int TurnedStripBytes = 32 << 20;
    private const int MaxBands = 5;

    private readonly VipsHandle _image;
    private readonly int _stripRows;
    private byte[] _strip = [];
    private int _stripFirst;
    private int _stripEnd;

    private ImageRows(VipsHandle image, PlateInfo info, VipsFormat format)
    {
        _image = image;
        Info = info;
        Format = format;
        Bands = LibVips.Bands(image);
        SampleBytes = format switch { VipsFormat.UChar => 1, VipsFormat.UShort => 2, _ => 4 };
        // Turned images are read across the grain: few wide strips, not many thin ones.
        var (bytes, rows) = info.Orientation > 2 ? (TurnedStripBytes, 256) : (StripBytes, 128);
        _stripRows = (int)Math.Clamp(bytes / RowBytes, 1, rows);
    }

    internal PlateInfo Info { get; }

    /// <summary>UChar, UShort or Float.</summary>
    internal VipsFormat Format { get; }

    internal int Bands { get; }

    internal int SampleBytes { get; }

    internal long RowBytes => (long)Info.Size.Width * Bands * SampleBytes;

    /// <summary>The next row that will be given.</summary>
    internal int Next { get; private set; }

    internal static ImageRows Open(string path, ImageLimits? limits)
    {
        limits ??= ImageLimits.Default;
        var (kind, length) = InputFile.Check(path);
        try
        {
            var image = Load(path, kind, sequential: true);
            try
            {
                Checked(path, kind, image, limits);
                var icc = IccOf(image);
                var bands = LibVips.Bands(image);
                var hasAlpha = LibVips.HasAlpha(image) != 0;
                var orientation = Math.Clamp(LibVips.Orientation(image), 1, 8);

                if (orientation > 2) // rows of the result need columns, or the last rows, of the file
                    Replace(ref image, Load(path, kind, sequential: false));
                if (orientation > 1)
                    Replace(ref image, Run("autorot", image));
                if (ToRgb(path, image) is { } space)
                {
                    using var convert = new VipsOperation("colourspace").SetImage("in", image).Set("space", space);
                    Replace(ref image, convert.RunForImage());
                    icc = null;
                }

                if (LibVips.Format(image) == VipsFormat.Double)
                    Replace(ref image, Cast(image, "float"));
                var format = LibVips.Format(image);
                if (format is not (VipsFormat.UChar or VipsFormat.UShort or VipsFormat.Float))
                    throw new InvalidInputException($"{path}: holds {Name(format)} samples; save it with 8 or 16 bits, or as 32-bit float");

                var depth = format switch { VipsFormat.UChar => 8, VipsFormat.UShort => 16, _ => 32 };
                var size = new PixelSize(LibVips.Width(image), LibVips.Height(image));
                return new ImageRows(image, new PlateInfo(path, size, Name(kind), depth, bands, hasAlpha, orientation, icc, length), format);
            }
            catch
            {
                image.Dispose();
                throw;
            }
        }
        catch (VipsException e)
        {
            throw new InvalidInputException($"{path}: is no {Name(kind)} that can be read ({e.Message}); export it again", e);
        }
    }

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

    public void Dispose() => _image.Dispose();

    private void Fetch()
    {
        var rows = Math.Min(_stripRows, Info.Size.Height - Next);
        // A region belongs to the thread that made it, so each strip has its own: the caller may change threads.
        using var region = LibVips.RegionNew(_image);
        var data = region.IsInvalid ? 0 : LibVips.RegionFetch(region, 0, Next, Info.Size.Width, rows, out var length);
        if (data == 0)
        {
            var why = Vips.Failure();
            throw new InvalidInputException($"{Info.Path}: is cut short or damaged: {Next} of {Info.Size.Height} rows can be read ({why.Message}); export it again", why);
        }

        try
        {
            var bytes = checked((int)(rows * RowBytes));
            if (_strip.Length < bytes)
                _strip = GC.AllocateUninitializedArray<byte>(bytes);
            new ReadOnlySpan<byte>((void*)data, bytes).CopyTo(_strip);
        }
        finally
        {
            LibVips.Free(data);
        }

        (_stripFirst, _stripEnd) = (Next, Next + rows);
    }

    private static VipsHandle Load(string path, FileKind kind, bool sequential)
    {
        var loader = kind switch { FileKind.Png => "pngload", FileKind.Tiff => "tiffload", FileKind.Jpeg => "jpegload", _ => "webpload" };
        using var load = new VipsOperation(loader);
        return load.Set("filename", path).Set("access", sequential ? "sequential" : "random").Set("fail-on", "error").RunForImage();
    }

    private static void Checked(string path, FileKind kind, VipsHandle image, ImageLimits limits)
    {
        var size = new PixelSize(LibVips.Width(image), LibVips.Height(image));
        if (size.Width > limits.MaxDimension || size.Height > limits.MaxDimension)
            throw new InvalidInputException($"{path}: is {size}, and no side may be longer than {limits.MaxDimension}");
        if (size.Pixels > limits.MaxMegapixels * 1e6)
            throw new InvalidInputException($"{path}: is {size}, {size.Pixels / 1e6:0.#} megapixels; at most {limits.MaxMegapixels:0.#} are read (--max-megapixels raises this)");
        if (LibVips.Bands(image) > MaxBands)
            throw new InvalidInputException($"{path}: has {LibVips.Bands(image)} channels; save it as RGB or grey, with or without alpha");

        var whole = kind == FileKind.WebP || (LibVips.TypeOf(image, "interlaced") != 0 && LibVips.GetInt(image, "interlaced", out var interlaced) == 0 && interlaced != 0);
        if (whole && size.Pixels > limits.MaxMegapixelsUnstreamed * 1e6)
            throw new InvalidInputException($"{path}: is {size}, and {(kind == FileKind.WebP ? "WebP" : "an interlaced or progressive file")} of over {limits.MaxMegapixelsUnstreamed:0.#} megapixels cannot be read in rows; save it as TIFF, or without interlacing");
    }

    /// <summary>The space to convert to, or null when samples are grey or RGB already and are kept as they are.</summary>
    private static string? ToRgb(string path, VipsHandle image)
    {
        var bands = LibVips.Bands(image) - (LibVips.HasAlpha(image) != 0 ? 1 : 0);
        switch (LibVips.Interpretation(image))
        {
            case VipsInterpretation.Cmyk:
                return LibVips.Format(image) == VipsFormat.UShort ? "rgb16" : "srgb";
            case VipsInterpretation.Lab or VipsInterpretation.LabS:
                return "rgb16";
            default:
                if (bands is 1 or 3)
                    return null;
                throw new InvalidInputException($"{path}: has {LibVips.Bands(image)} channels of no known meaning; save it as RGB or grey, with or without alpha");
        }
    }

    private static ReadOnlyMemory<byte>? IccOf(VipsHandle image)
    {
        const string name = "icc-profile-data";
        if (LibVips.TypeOf(image, name) == 0 || LibVips.GetBlob(image, name, out var data, out var length) != 0 || length > 64 << 20)
            return null;
        return new ReadOnlySpan<byte>((void*)data, (int)length).ToArray();
    }

    private static VipsHandle Run(string operation, VipsHandle image)
    {
        using var run = new VipsOperation(operation).SetImage("in", image);
        return run.RunForImage();
    }

    private static VipsHandle Cast(VipsHandle image, string format)
    {
        using var cast = new VipsOperation("cast").SetImage("in", image).Set("format", format);
        return cast.RunForImage();
    }

    private static void Replace(ref VipsHandle image, VipsHandle with)
    {
        image.Dispose();
        image = with;
    }

    private static string Name(FileKind kind) => kind switch { FileKind.Png => "PNG", FileKind.Tiff => "TIFF", FileKind.Jpeg => "JPEG", _ => "WebP" };

    private static string Name(VipsFormat format) => format switch
    {
        VipsFormat.Char => "signed 8-bit",
        VipsFormat.Short => "signed 16-bit",
        VipsFormat.UInt or VipsFormat.Int => "32-bit integer",
        _ => "complex",
    };
}
