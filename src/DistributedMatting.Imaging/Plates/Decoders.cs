using DistributedMatting.Core;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// Who decodes a picture. A file of tiles is opened several times, and its columns are decoded side by side: libvips decodes
/// the tiles of one open file one after another. Other files can only be read from their beginning, by one decoder.
/// </summary>
internal sealed class Decoders : IDisposable
{
    // Each decoder holds two rows of tiles at most. Those beside the first together hold no more than this.
    private const long MaxBytes = 64L << 20;

    // A smaller picture is decoded before another decoder is open.
    private const long MinPixels = 4_000_000;

    private readonly string _path;
    private readonly Func<VipsHandle> _open;
    private readonly int _columns;
    private readonly VipsHandle?[] _images;

    private Decoders(string path, VipsHandle image, Func<VipsHandle> open, int columns)
    {
        (_path, _open, _columns) = (path, open, columns);
        _images = new VipsHandle?[Ceiling(LibVips.Width(image), columns)];
        _images[0] = image;
    }

    /// <summary>The whole picture.</summary>
    internal VipsHandle First => _images[0]!;

    internal int Count => _images.Length;

    /// <summary>One decoder, which is taken over.</summary>
    internal static Decoders One(string path, VipsHandle image) => new(path, image, () => throw new InvalidOperationException(), LibVips.Width(image));

    /// <summary>As many as there are threads for, and room.</summary>
    /// <param name="image">The picture, which is taken over.</param>
    /// <param name="info">What its header says.</param>
    /// <param name="kind">What the file is.</param>
    /// <param name="open">Opens it once more; called when it is first read.</param>
    internal static Decoders Of(VipsHandle image, PlateInfo info, FileKind kind, Func<VipsHandle> open)
    {
        if (kind != FileKind.Tiff || info.Size.Pixels < MinPixels || TiffTiles.Of(info.Path) is not { } tile) return One(info.Path, image);
        var held = 2L * tile.Height * info.Size.Width * info.Bands * (info.BitDepth / 8);
        var most = 1 + (int)Math.Clamp(MaxBytes / held, 0, LibVips.ConcurrencyGet() - 1);
        // Whole tiles, or those on the border would be decoded twice.
        var columns = Math.Min(Ceiling(Ceiling(info.Size.Width, tile.Width), most) * (long)tile.Width, info.Size.Width);
        return new Decoders(info.Path, image, open, (int)columns);
    }

    /// <summary>Opens those that are not open yet; before any of their columns are read.</summary>
    /// <exception cref="InvalidInputException">The file is another by now.</exception>
    internal void Open()
    {
        for (var i = 1; i < _images.Length; i++)
        {
            if (_images[i] is not null) continue;
            var image = _images[i] = Again();
            if (Shape(image) != Shape(First)) throw new InvalidInputException(Replaced);
        }
    }

    /// <summary>One of them, and the columns that it decodes.</summary>
    internal (VipsHandle Image, int First, int Columns) this[int index] =>
        (_images[index]!, index * _columns, Math.Min(_columns, LibVips.Width(First) - (index * _columns)));

    public void Dispose()
    {
        foreach (var image in _images)
            image?.Dispose();
    }

    private VipsHandle Again()
    {
        try
        {
            return _open();
        }
        catch (VipsException e)
        {
            throw new InvalidInputException(Replaced, e);
        }
    }

    private string Replaced => $"{_path}: was replaced or cut short while it was read; ask again when it is whole";

    private static (int Width, int Height, int Bands, VipsFormat Format) Shape(VipsHandle image) =>
        (LibVips.Width(image), LibVips.Height(image), LibVips.Bands(image), LibVips.Format(image));

    private static int Ceiling(int a, int b) => (int)(((long)a + b - 1) / b);
}
