using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>Whole small images, for evaluation and contact sheets. Plates and mattes are never read like this.</summary>
public static class ImageFile
{
    /// <summary>Largest image that is read whole, in pixels.</summary>
    public const long MaxPixels = 64_000_000;

    /// <summary>Reads an image as 8-bit RGB, by the rules of <see cref="PlateFile"/>.</summary>
    /// <exception cref="InvalidInputException">As <see cref="PlateFile.Open"/>, or over <see cref="MaxPixels"/>.</exception>
    public static Picture ReadRgb8(string path)
    {
        using var plate = PlateFile.Open(path, SmallOnly);
        var picture = new Picture(plate.Size, new byte[plate.Size.Pixels * 3]);
        var row = new ushort[plate.Size.Width * 3];
        for (var y = 0; y < plate.Size.Height; y++)
        {
            plate.ReadRows(row);
            var to = picture.Rgb.AsSpan(y * row.Length, row.Length);
            for (var i = 0; i < row.Length; i++)
                to[i] = (byte)((row[i] + 128) / 257);
        }

        return picture;
    }

    /// <summary>Reads a grey image, such as an alpha matte; a colour file gives the mean of its channels.</summary>
    /// <returns>The size, and <c>Height × Width</c> values 0 to 1, row by row, at the file's full depth.</returns>
    /// <exception cref="InvalidInputException">As <see cref="PlateFile.Open"/>, or over <see cref="MaxPixels"/>.</exception>
    public static (PixelSize Size, float[] Grey) ReadGrey(string path)
    {
        using var rows = ImageOpening.Open(path, SmallOnly);
        var size = rows.Info.Size;
        var grey = new float[size.Pixels];
        var colours = rows.Bands < 3 ? 1 : 3;
        for (var y = 0; y < size.Height;)
        {
            var bytes = rows.Take(size.Height - y, out var taken);
            var to = grey.AsSpan(y * size.Width, taken * size.Width);
            for (int i = 0, j = 0; i < to.Length; i++, j += rows.Bands)
            {
                var sum = 0f;
                for (var band = 0; band < colours; band++)
                    sum += Samples.ToUnit(bytes, rows.Format, j + band);
                to[i] = sum / colours;
            }

            y += taken;
        }

        return (size, grey);
    }

    /// <summary>Shrinks (or enlarges) a picture to fit a box, keeping its shape; Lanczos, by libvips.</summary>
    public static Picture Fit(Picture picture, int width, int height) => Thumbnail(picture, width, height, force: false);

    /// <summary>Resizes a picture to a size, whatever its shape; Lanczos, by libvips.</summary>
    public static Picture Resize(Picture picture, PixelSize size) => Thumbnail(picture, size.Width, size.Height, force: true);

    private static ImageLimits SmallOnly { get; } = new() { MaxMegapixels = MaxPixels / 1e6 };

    private static unsafe Picture Thumbnail(Picture picture, int width, int height, bool force)
    {
        Vips.Start();
        fixed (byte* data = picture.Rgb)
        {
            using var image = LibVips.ImageNewFromMemoryCopy(data, (nuint)picture.Rgb.Length, picture.Size.Width, picture.Size.Height, 3, VipsFormat.UChar);
            if (image.IsInvalid)
                throw Vips.Failure();
            using var resize = new VipsOperation("thumbnail_image").SetImage("in", image).Set("width", width).Set("height", height).Set("size", force ? "force" : "both");
            using var resized = resize.RunForImage();
            var memory = LibVips.ImageWriteToMemory(resized, out var bytes);
            if (memory == 0)
                throw Vips.Failure();
            try
            {
                var rgb = new ReadOnlySpan<byte>((void*)memory, checked((int)bytes)).ToArray();
                return new Picture(new PixelSize(LibVips.Width(resized), LibVips.Height(resized)), rgb);
            }
            finally
            {
                LibVips.Free(memory);
            }
        }
    }
}
