using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Cli.Evaluation;

/// <summary>
/// A picture of many results: for each image a row with the image, the trimap, the true alpha, the matte and the
/// difference (white is an error of 0.5 or more). Only thumbnails are kept.
/// </summary>
internal sealed class ContactSheet
{
    private const int CellWidth = 240;
    private const int Gap = 4;

    private readonly List<Picture[]> _rows = [];

    public void Add(EvaluationImage image, float[] alpha)
    {
        var colour = new byte[image.Rgb.Length];
        for (var i = 0; i < colour.Length; i++) colour[i] = (byte)((image.Rgb[i] + 128) / 257);
        _rows.Add(
        [
            Thumbnail(new Picture(image.Size, colour)),
            Grey(i => image.Regions[i] / 2f),
            Grey(i => image.Truth[i]),
            Grey(i => alpha[i]),
            Grey(i => 2 * Math.Abs(alpha[i] - image.Truth[i])),
        ]);

        Picture Grey(Func<int, float> value)
        {
            var grey = new float[alpha.Length];
            for (var i = 0; i < grey.Length; i++) grey[i] = value(i);
            return Thumbnail(Picture.OfGrey(image.Size, grey));
        }
    }

    /// <summary>Writes the sheet, in the format that the name ends in.</summary>
    public void Save(string path)
    {
        var columns = _rows.Max(row => row.Length);
        var height = Gap + _rows.Sum(row => row.Max(cell => cell.Size.Height) + Gap);
        var sheet = Picture.Filled(new PixelSize(Gap + columns * (CellWidth + Gap), height), 32, 32, 32);
        var top = Gap;
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Length; i++) sheet.Draw(row[i], Gap + i * (CellWidth + Gap), top);
            top += row.Max(cell => cell.Size.Height) + Gap;
        }

        sheet.Save(path, force: true);
    }

    // Upright pictures may be as high as two cells are wide.
    private static Picture Thumbnail(Picture picture) => ImageFile.Fit(picture, CellWidth, 2 * CellWidth);
}
