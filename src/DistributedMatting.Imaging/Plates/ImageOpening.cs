using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>From a path to rows: what the file is, whether its header keeps the limits, and what its samples mean.</summary>
internal static class ImageOpening
{
    private const int MaxBands = 5;

    private static readonly string[] ForeignWords = ["unsupported", "not supported", "not configured", "not implemented", "unknown compression"];

    /// <exception cref="InvalidInputException">One line that names the file.</exception>
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

                if (ToRgb(path, image) is not null)
                    icc = null;
                image = Plain(path, image);
                var format = LibVips.Format(image);
                if (format is not (VipsFormat.UChar or VipsFormat.UShort or VipsFormat.Float))
                    throw new InvalidInputException($"{path}: holds {Name(format)} samples; save it with 8 or 16 bits, or as 32-bit float");

                var depth = format switch { VipsFormat.UChar => 8, VipsFormat.UShort => 16, _ => 32 };
                var size = new PixelSize(LibVips.Width(image), LibVips.Height(image));
                var info = new PlateInfo(path, size, Name(kind), depth, bands, hasAlpha, orientation, icc, length);
                if (orientation > 2)
                    return Turning.Upright(new ImageRows(Decoders.One(path, image), info, format));
                return new ImageRows(Decoders.Of(image, info, kind, () => Plain(path, Load(path, kind, sequential: true))), info, format);
            }
            catch
            {
                image.Dispose();
                throw;
            }
        }
        catch (VipsException e)
        {
            throw new InvalidInputException(IsForeignFeature(e)
                ? $"{path}: is a {Name(kind)} of a kind that is not read ({e.Message}); export it in a plainer one"
                : $"{path}: is cut short or damaged, its {Name(kind)} header cannot be read; export it again", e);
        }
    }

    /// <summary>Grey or RGB, with or without alpha, not mirrored, of a type that is read; takes over <paramref name="image"/>.</summary>
    private static VipsHandle Plain(string path, VipsHandle image)
    {
        try
        {
            if (LibVips.Orientation(image) == 2) // mirrored left to right: rows stay rows
                Replace(ref image, Run("autorot", image));
            if (ToRgb(path, image) is { } space)
            {
                using var convert = new VipsOperation("colourspace").SetImage("in", image).Set("space", space);
                Replace(ref image, convert.RunForImage());
            }

            if (LibVips.Format(image) == VipsFormat.Double)
                Replace(ref image, Cast(image, "float"));
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    // A decoder's words tell a damaged file's owner nothing; what it does not know, they tell.
    private static bool IsForeignFeature(VipsException e) =>
        ForeignWords.Any(word => e.Message.Contains(word, StringComparison.OrdinalIgnoreCase));

    internal static VipsHandle Load(string path, FileKind kind, bool sequential)
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

    private static unsafe ReadOnlyMemory<byte>? IccOf(VipsHandle image)
    {
        const string name = "icc-profile-data";
        if (LibVips.TypeOf(image, name) == 0 || LibVips.GetBlob(image, name, out var data, out var length) != 0 || length > 64 << 20)
            return null;
        return new ReadOnlySpan<byte>((void*)data, (int)length).ToArray();
    }

    internal static VipsHandle Run(string operation, VipsHandle image)
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
