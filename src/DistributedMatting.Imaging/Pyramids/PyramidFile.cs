using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>A pyramid that <see cref="PyramidBuilder"/> made. Each read opens the file by itself, so any thread may read.</summary>
public sealed class PyramidFile
{
    private readonly string _path;
    private readonly int _pages;

    private PyramidFile(string path, PixelSize size, int pages) => (_path, Size, _pages) = (path, size, pages);

    /// <summary>Size of the whole picture.</summary>
    public PixelSize Size { get; }

    /// <summary>Opens the file for its header.</summary>
    /// <exception cref="InvalidInputException">It is not there or damaged.</exception>
    public static PyramidFile Open(string path) => Explained(path, () =>
    {
        using var image = Page(path, 0);
        var hasPages = LibVips.GetInt(image, "n-pages", out var pages) == 0;
        return new PyramidFile(path, new PixelSize(LibVips.Width(image), LibVips.Height(image)), hasPages ? Math.Max(1, pages) : 1);
    });

    /// <summary>Reads a part of the picture after it has been halved so many times.</summary>
    /// <param name="halvings">0 is the picture itself; each halving rounds its size up.</param>
    /// <param name="area">Inside the halved picture.</param>
    /// <exception cref="InvalidInputException">The file has gone or is damaged.</exception>
    public Pixels Read(int halvings, PixelRect area)
    {
        var size = Halved(halvings);
        if (halvings < 0 || area.X < 0 || area.Y < 0 || area.Width < 1 || area.Height < 1 || area.Right > size.Width || area.Bottom > size.Height)
            throw new ArgumentOutOfRangeException(nameof(area), area, $"Must lie inside {size}.");
        return Explained(_path, () =>
        {
            using var page = Page(_path, Math.Min(halvings, _pages - 1));
            // libvips rounds down where we round up, so it may end a page earlier than we do.
            if (halvings >= _pages) return PixelOperations.FromImage(page).Resize(size).Crop(area);

            var (right, bottom) = (Math.Min(area.Right, LibVips.Width(page)), Math.Min(area.Bottom, LibVips.Height(page)));
            var (left, top) = (Math.Min(area.X, right - 1), Math.Min(area.Y, bottom - 1));
            using var extract = new VipsOperation("extract_area").SetImage("input", page)
                .Set("left", left).Set("top", top).Set("width", right - left).Set("height", bottom - top);
            using var part = extract.RunForImage();
            return PixelOperations.FromImage(part).Extend(new PixelSize(area.Width, area.Height));
        });
    }

    /// <summary>Size after so many halvings.</summary>
    public PixelSize Halved(int halvings) => new(
        (int)((Size.Width + (1L << halvings) - 1) >> halvings), (int)((Size.Height + (1L << halvings) - 1) >> halvings));

    private static VipsHandle Page(string path, int page)
    {
        using var load = new VipsOperation("tiffload").Set("filename", path).Set("page", page).Set("access", "random").Set("fail-on", "error");
        return load.RunForImage();
    }

    private static T Explained<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VipsException e)
        {
            throw new InvalidInputException($"{path}: is no pyramid that can be read ({e.Message}); delete it, it is made again", e);
        }
    }
}
