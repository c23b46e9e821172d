using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Evaluation;

/// <summary>One image of a set, wholly in memory: Rhemann's errors look at whole pictures.</summary>
/// <param name="Files">Where image and trimap are.</param>
/// <param name="Rgb">Interleaved samples, 0 to 65535, row by row.</param>
/// <param name="Regions">One <see cref="Region"/> a pixel.</param>
/// <param name="Truth">The true alpha, 0 to 1.</param>
internal sealed record EvaluationImage(PlateFiles Files, ushort[] Rgb, byte[] Regions, float[] Truth)
{
    public PixelSize Size => Files.Size;

    /// <exception cref="InvalidInputException">A file is missing or damaged, or the three differ in size.</exception>
    public static EvaluationImage Load(EvaluationItem item, ImageLimits limits)
    {
        var files = PlateFiles.Check(item.Image, item.Trimap, limits);
        var regions = new byte[files.Size.Pixels];
        using (var trimap = files.OpenTrimap()) trimap.ReadRows(regions);
        using var image = files.OpenPlate();
        using var truth = PlateFile.Open(item.Alpha, limits);
        if (truth.Size != files.Size)
            throw new InvalidInputException($"{item.Alpha}: the true alpha is {truth.Size} and the image is {files.Size}; they must be of one size");

        return new EvaluationImage(files, Samples(image), regions, Alpha(Samples(truth)));
    }

    private static ushort[] Samples(PlateFile file)
    {
        var rgb = new ushort[3 * file.Size.Pixels];
        file.ReadRows(rgb);
        return rgb;
    }

    private static float[] Alpha(ushort[] rgb)
    {
        var alpha = new float[rgb.Length / 3];
        for (var i = 0; i < alpha.Length; i++) alpha[i] = rgb[3 * i] / 65535f;
        return alpha;
    }
}
