using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// Images that lie on their side or head. Their upright rows need columns, or the last rows, of the file; so the file is decoded
/// when it is opened, to a compressed scratch TIFF in TMPDIR, whose tiles can be read in any order. Memory stays bounded by rows.
/// </summary>
internal static class Turning
{
    /// <summary>The same picture upright; takes over <paramref name="rows"/>.</summary>
    internal static ImageRows Upright(ImageRows rows)
    {
        using var _ = rows;
        var folder = Path.GetTempPath();
        var info = rows.Info;
        var scratch = new ScratchFile(folder, info.Path);
        try
        {
            Write(rows, scratch.Stream);
            using var stored = ImageOpening.Load(scratch.Path, FileKind.Tiff, sequential: false);
            var upright = ImageOpening.Run("autorot", stored);
            var size = new PixelSize(LibVips.Width(upright), LibVips.Height(upright));
            return new ImageRows(Decoders.One(info.Path, upright), info with { Size = size }, rows.Format, scratch);
        }
        catch (IOException e)
        {
            scratch.Dispose();
            throw ScratchFile.Refused(folder, info.Path, e);
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    private static void Write(ImageRows rows, Stream to)
    {
        var info = rows.Info;
        var format = new RowFormat(info.Size, rows.Bands, info.BitDepth, Orientation: info.Orientation);
        var tiff = new TiffEncoder(to, format, LibVips.ConcurrencyGet());
        var band = new byte[tiff.BandRows * rows.RowBytes];
        while (rows.Next < info.Size.Height)
        {
            var count = 0;
            while (count < tiff.BandRows && rows.Next < info.Size.Height)
            {
                var at = (int)(count * rows.RowBytes);
                rows.Take(tiff.BandRows - count, out var taken).CopyTo(band.AsSpan(at));
                count += taken;
            }

            tiff.WriteBand(band, count);
        }

        tiff.Finish();
        to.Flush();
    }
}
