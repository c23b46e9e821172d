using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>What libvips does with pixels in memory.</summary>
public static unsafe class PixelOperations
{
    /// <summary>Quality of JPEG: a second generation at this quality cannot be told from the first by eye.</summary>
    private const int JpegQuality = 88;

    /// <summary>Resizes a picture, whatever its shape becomes.</summary>
    public static Pixels Resize(this Pixels pixels, PixelSize size)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Size == size) return pixels;
        using var image = ToImage(pixels);
        using var resize = new VipsOperation("thumbnail_image").SetImage("in", image).Set("width", size.Width).Set("height", size.Height).Set("size", "force");
        using var resized = resize.RunForImage();
        return FromImage(resized);
    }

    /// <summary>The picture as a JPEG file: small, and not quite exact.</summary>
    public static byte[] ToJpeg(this Pixels pixels) => Encode(pixels, "jpegsave_target", save => save.Set("Q", JpegQuality));

    /// <summary>The picture as a PNG file: exact.</summary>
    public static byte[] ToPng(this Pixels pixels) => Encode(pixels, "pngsave_target", save => save.Set("compression", 3));

    internal static VipsHandle ToImage(Pixels pixels)
    {
        Vips.Start();
        fixed (byte* data = pixels.Bytes)
        {
            var image = LibVips.ImageNewFromMemoryCopy(data, (nuint)pixels.Bytes.Length, pixels.Size.Width, pixels.Size.Height, pixels.Bands, VipsFormat.UChar);
            return image.IsInvalid ? throw Vips.Failure() : image;
        }
    }

    internal static Pixels FromImage(VipsHandle image)
    {
        var memory = LibVips.ImageWriteToMemory(image, out var length);
        if (memory == 0) throw Vips.Failure();
        try
        {
            var bytes = new ReadOnlySpan<byte>((void*)memory, checked((int)length)).ToArray();
            return new Pixels(new PixelSize(LibVips.Width(image), LibVips.Height(image)), LibVips.Bands(image), bytes);
        }
        finally
        {
            LibVips.Free(memory);
        }
    }

    private static byte[] Encode(Pixels pixels, string saver, Func<VipsOperation, VipsOperation> options)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        using var image = ToImage(pixels);
        using var target = LibVips.TargetNewToMemory();
        if (target.IsInvalid) throw Vips.Failure();
        using (var save = new VipsOperation(saver)) options(save.SetImage("in", image).SetTarget("target", target)).Run();
        return Written(target);
    }

    // A saver that is done has moved what it wrote into the target's blob.
    private static byte[] Written(VipsHandle target)
    {
        var value = default(GValue);
        LibVips.ValueInit(ref value, LibVips.BlobType());
        LibVips.ObjectGetProperty(target.DangerousGetHandle(), "blob", ref value);
        try
        {
            var data = LibVips.BlobGet(LibVips.ValueGetBoxed(ref value), out var length);
            return new ReadOnlySpan<byte>((void*)data, checked((int)length)).ToArray();
        }
        finally
        {
            LibVips.ValueUnset(ref value);
        }
    }
}
