using DistributedMatting.Core;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// Makes a pyramid of a picture: an 8-bit tiled TIFF with a page for each halving, from which any part can be read at any
/// scale without decoding the rest. The picture streams through once; memory grows with its width only.
/// </summary>
public static class PyramidBuilder
{
    /// <summary>Side of a tile in the file, in pixels.</summary>
    internal const int Tile = 256;

    /// <summary>Makes the file; nobody ever sees half of it.</summary>
    /// <param name="source">The picture's file.</param>
    /// <param name="what">What of it.</param>
    /// <param name="target">The pyramid's file; one that is there is replaced.</param>
    /// <param name="limits">What the picture may claim to be.</param>
    /// <exception cref="InvalidInputException">The picture cannot be read, or has no such channel; or there is no room to write.</exception>
    public static void Build(string source, PyramidSource what, string target, ImageLimits limits)
    {
        using var rows = ImageOpening.Open(source, limits);
        if (what == PyramidSource.AlphaChannel && !rows.Info.HasAlpha) throw new InvalidInputException($"{source}: has no alpha channel");

        var partial = $"{target}.{Guid.NewGuid():n}.partial";
        try
        {
            Save(rows, what, partial);
            File.Move(partial, target, overwrite: true);
        }
        catch (VipsException e)
        {
            throw new InvalidInputException($"{source}: cannot be shown ({e.Message})", e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Save(ImageRows rows, PyramidSource what, string path)
    {
        var (first, count) = what switch
        {
            PyramidSource.Colours => (0, rows.Bands < 3 ? 1 : 3),
            PyramidSource.Grey => (0, 1),
            _ => (rows.Bands - 1, 1),
        };
        using var extract = new VipsOperation("extract_band").SetImage("in", rows.Image).Set("band", first).Set("n", count);
        using var bands = extract.RunForImage();
        using var bytes = ToBytes(bands, rows.Format);
        using var copy = new VipsOperation("copy").SetImage("in", bytes).Set("interpretation", count == 1 ? "b-w" : "srgb");
        using var image = copy.RunForImage();
        using var save = new VipsOperation("tiffsave").SetImage("in", image).Set("filename", path)
            .Set("tile", true).Set("tile-width", Tile).Set("tile-height", Tile)
            .Set("pyramid", true).Set("depth", "onetile").Set("bigtiff", true).Set("keep", "none");
        // Mattes and trimaps are looked at for their values; a plate is ten times smaller as JPEG.
        if (what == PyramidSource.Colours) save.Set("compression", "jpeg").Set("Q", 92);
        else save.Set("compression", "deflate").Set("predictor", "horizontal");
        save.Run();
    }

    private static VipsHandle ToBytes(VipsHandle image, VipsFormat format)
    {
        using var narrow = format switch
        {
            VipsFormat.UShort => new VipsOperation("msb").SetImage("in", image),
            VipsFormat.Float => new VipsOperation("linear").SetImage("in", image).Set("a", "255").Set("b", "0.5").Set("uchar", true),
            _ => new VipsOperation("copy").SetImage("in", image),
        };
        return narrow.RunForImage();
    }
}
