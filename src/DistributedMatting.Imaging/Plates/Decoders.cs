using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// A file of tiles is opened several times, and its columns are decoded side by side: libvips decodes the tiles of one open
/// file one after another. Other files can only be read from their beginning, by one decoder.
/// </summary>
internal static class Decoders
{
    // Tiles are seldom larger. No tile is in the columns of two decoders then.
    private const int Tile = 256;

    // A decoder keeps a row and a half of tiles. Together they keep no more than that.
    private const long MaxBytes = 128L << 20;

    // A smaller picture is decoded before another decoder is open.
    private const long MinPixels = 4_000_000;

    // flag VIPS_FOREIGN_PARTIAL
    private const int AnyPart = 1;

    /// <summary>Columns of each of so many decoders; the last one has what is left.</summary>
    internal static int Columns(int width, int decoders) => Ceiling(width, Tile * decoders) * Tile;

    /// <summary>Decoders of the same picture, the first one being <paramref name="image"/>, which is taken over.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="info">What its header says.</param>
    /// <param name="kind">What the file is.</param>
    /// <param name="open">Opens it once more.</param>
    internal static VipsHandle[] Of(VipsHandle image, PlateInfo info, FileKind kind, Func<VipsHandle> open)
    {
        if (kind != FileKind.Tiff || info.Size.Pixels < MinPixels || (LibVips.ForeignFlags("tiffload", info.Path) & AnyPart) == 0)
            return [image];
        var bytes = 3L * Tile * info.Size.Width * info.Bands * (info.BitDepth / 8) / 2;
        var most = (int)Math.Clamp(MaxBytes / bytes, 1, LibVips.ConcurrencyGet());
        var all = new VipsHandle[Ceiling(info.Size.Width, Columns(info.Size.Width, most))];
        all[0] = image;
        try
        {
            for (var i = 1; i < all.Length; i++)
                all[i] = open();
            return all;
        }
        catch
        {
            foreach (var opened in all.Skip(1))
                opened?.Dispose();
            throw;
        }
    }

    private static int Ceiling(int a, int b) => (a + b - 1) / b;
}
